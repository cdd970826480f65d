// An upstream that tells on standard output what reached it, one JSON object a line.
const http = require('http');
const tell = (what) => process.stdout.write(JSON.stringify(what) + '\n');
const server = http.createServer((request, response) => {
  const body = [];
  request.on('data', (chunk) => body.push(chunk));
  request.on('end', () => {
    const client = request.headers['x-forwarded-for'] || '';
    tell({ client, method: request.method, target: request.url, body: Buffer.concat(body).toString('latin1') });
    const name = request.url.match(/n[0-9a-f]{15}/);
    const secret = 'secret-' + (name ? name[0] : '');
    response.setHeader('X-Secret', secret);
    response.setHeader('Content-Length', secret.length);
    response.end(secret);
  });
});
server.on('clientError', (error, socket) => {
  // A proxy may give up a connection at any time; what is no HTTP it may not send.
  if (error.code !== 'ECONNRESET' && error.code !== 'HPE_INVALID_EOF_STATE') {
    tell({ complaint: error.code, bytes: error.rawPacket ? error.rawPacket.toString('latin1') : '' });
  }
  socket.destroy();
});
server.listen(0, '127.0.0.1', () => tell({ port: server.address().port }));
