package dev.corsac.gateway.proxy;

import dev.corsac.gateway.http.MalformedMessageException;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2Connection;
import io.netty.handler.codec.http2.Http2ConnectionHandler;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2Stream;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Stands between Netty's parser of HTTP/2 and Vert.x on a connection to an upstream. Interim
 * responses (RFC 9113 section 8.1) end nothing: 103 passes, within limits, and the others end here,
 * which Vert.x would take for the response. A status that is none ends its own stream; Vert.x would
 * end the connection with all of its streams.
 */
final class UpstreamStreams extends Http2FrameListenerDecorator {
  private static final Pattern STATUS = Pattern.compile("[1-5][0-9]{2}");

  private final Http2Connection connection;
  private final Http2Connection.PropertyKey interim;

  private UpstreamStreams(Http2FrameListener listener, Http2Connection connection) {
    super(listener);
    this.connection = connection;
    this.interim = connection.newKey();
  }

  /** Puts it into a new connection, before the first response. */
  static void install(Channel channel) {
    Http2ConnectionHandler handler = channel.pipeline().get(Http2ConnectionHandler.class);
    handler
        .decoder()
        .frameListener(
            new UpstreamStreams(handler.decoder().frameListener(), handler.connection()));
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean last)
      throws Http2Exception {
    if (passes(stream, headers, last)) {
      super.onHeadersRead(context, stream, headers, padding, last);
    }
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context,
      int stream,
      Http2Headers headers,
      int dependency,
      short weight,
      boolean exclusive,
      int padding,
      boolean last)
      throws Http2Exception {
    if (passes(stream, headers, last)) {
      super.onHeadersRead(context, stream, headers, dependency, weight, exclusive, padding, last);
    }
  }

  private boolean passes(int stream, Http2Headers headers, boolean last) throws Http2Exception {
    CharSequence said = headers.status();
    if (said == null) {
      // Trailers.
      return true;
    }
    if (!STATUS.matcher(said).matches()) {
      throw malformed(stream, "the status is none");
    }
    int status = Integer.parseInt(said.toString());
    if (status >= 200) {
      return true;
    }
    if (last || !InterimResponses.isInterim(status)) {
      throw malformed(stream, "an interim response ends the stream");
    }
    return passes(stream, headers, status);
  }

  private boolean passes(int stream, Http2Headers headers, int status) throws Http2Exception {
    InterimResponses before = before(stream);
    if (before == null) {
      return false;
    }
    long size = 0;
    for (var header : headers) {
      size += header.getKey().length() + header.getValue().length();
    }
    try {
      before.count(size);
    } catch (MalformedMessageException e) {
      throw malformed(stream, "there are too many interim responses");
    }
    return before.passes(status);
  }

  /** Those of a stream; null if it has ended. */
  private @Nullable InterimResponses before(int id) {
    Http2Stream stream = connection.stream(id);
    if (stream == null) {
      return null;
    }
    InterimResponses before = stream.getProperty(interim);
    if (before == null) {
      before = new InterimResponses();
      stream.setProperty(interim, before);
    }
    return before;
  }

  private static Http2Exception malformed(int stream, String problem) {
    return Http2Exception.streamError(stream, Http2Error.PROTOCOL_ERROR, problem);
  }
}
