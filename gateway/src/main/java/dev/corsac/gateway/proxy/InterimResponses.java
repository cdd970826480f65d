package dev.corsac.gateway.proxy;

import dev.corsac.gateway.http.MalformedMessageException;
import io.netty.handler.codec.http.HttpMessageDecoderResult;
import io.netty.handler.codec.http.HttpResponse;

/**
 * Counts the interim responses (1xx, RFC 9110 section 15.2) to one request, so that an upstream
 * cannot go on with them for ever, nor fill the memory of a client's connection that is not read.
 */
final class InterimResponses {
  /** An upstream that says every second that it is still at work may do so for a quarter hour. */
  static final int MOST = 1000;

  static final long MOST_BYTES = 1024 * 1024;

  /** Hints are for the browser to fetch ahead; what comes after this many is of no use to it. */
  static final int MOST_PASSED = 20;

  static final long MOST_BYTES_PASSED = 64 * 1024;

  private int count;
  private long bytes;

  /** Whether a status is an interim one. 101 ends HTTP on its connection, so it is final. */
  static boolean isInterim(int status) {
    return status >= 100 && status < 200 && status != 101;
  }

  /** Counts one, which may be one too many. */
  void count(HttpResponse head) throws MalformedMessageException {
    count(head.decoderResult() instanceof HttpMessageDecoderResult size ? size.totalSize() : 0);
  }

  /** The same, of this many bytes. */
  void count(long size) throws MalformedMessageException {
    count++;
    bytes += size;
    if (count > MOST || bytes > MOST_BYTES) {
      throw new MalformedMessageException("it has too many interim responses before it.");
    }
  }

  /**
   * Whether a client gets to see the one that was counted last: 103, within the limits. The gateway
   * says 100 itself, and what a browser should do with others is not defined.
   */
  boolean passes(int status) {
    return status == 103 && count <= MOST_PASSED && bytes <= MOST_BYTES_PASSED;
  }

  void reset() {
    count = 0;
    bytes = 0;
  }
}
