package dev.corsac.gateway.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;

/**
 * Stands between Netty's parser of HTTP/2 and Vert.x: a stream whose method is no token is reset
 * alone. Vert.x would fail on it, and Netty then close the connection with all its streams.
 */
final class StreamGate extends Http2FrameListenerDecorator {

  private StreamGate(Http2FrameListener listener) {
    super(listener);
  }

  static void install(Http2ConnectionDecoder decoder) {
    decoder.frameListener(new StreamGate(decoder.frameListener()));
  }

  @Override
  public void onHeadersRead(
      ChannelHandlerContext context, int stream, Http2Headers headers, int padding, boolean last)
      throws Http2Exception {
    check(stream, headers);
    super.onHeadersRead(context, stream, headers, padding, last);
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
    check(stream, headers);
    super.onHeadersRead(context, stream, headers, dependency, weight, exclusive, padding, last);
  }

  private static void check(int stream, Http2Headers headers) throws Http2Exception {
    CharSequence method = headers.method();
    if (method != null && !Token.is(method.toString())) {
      throw Http2Exception.streamError(
          stream, Http2Error.PROTOCOL_ERROR, "the method is not a token");
    }
  }
}
