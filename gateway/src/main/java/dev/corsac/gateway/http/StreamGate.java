package dev.corsac.gateway.http;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http2.Http2ConnectionDecoder;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2FrameListener;
import io.netty.handler.codec.http2.Http2FrameListenerDecorator;
import io.netty.handler.codec.http2.Http2Headers;

/**
 * Stands between Netty's parser of HTTP/2 and Vert.x: a stream whose head is malformed in a way
 * that Netty lets pass, or that Vert.x would fail on, is reset alone.
 */
final class StreamGate extends Http2FrameListenerDecorator {
  private static final CharSequence PROTOCOL = Http2Headers.PseudoHeaderName.PROTOCOL.value();

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
    try {
      super.onHeadersRead(context, stream, headers, padding, last);
    } catch (RuntimeException e) {
      throw failed(stream, e);
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
    check(stream, headers);
    try {
      super.onHeadersRead(context, stream, headers, dependency, weight, exclusive, padding, last);
    } catch (RuntimeException e) {
      throw failed(stream, e);
    }
  }

  /** Whatever befalls one request is no reason to end the others. */
  private static Http2Exception failed(int stream, RuntimeException e) {
    return Http2Exception.streamError(
        stream, Http2Error.INTERNAL_ERROR, e, "the head cannot be handled");
  }

  private static void check(int stream, Http2Headers headers) throws Http2Exception {
    CharSequence method = headers.method();
    if (method != null && !Token.is(method.toString())) {
      throw malformed(stream, "the method is not a token");
    }
    if (headers.contains(PROTOCOL)) {
      // RFC 8441 section 4: only for servers that have said that they know it.
      throw malformed(stream, "there is :protocol");
    }
    if (headers.getAll(HttpHeaderNames.HOST).size() > 1) {
      throw malformed(stream, "there are several Host header fields");
    }
  }

  private static Http2Exception malformed(int stream, String problem) {
    return Http2Exception.streamError(stream, Http2Error.PROTOCOL_ERROR, problem);
  }
}
