package dev.corsac.gateway.proxy;

import dev.corsac.gateway.http.Framing;
import dev.corsac.gateway.http.MalformedMessageException;
import dev.corsac.gateway.http.RequestDecoder;
import io.netty.handler.codec.PrematureChannelClosureException;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.netty.util.AsciiString;

/**
 * The lines of one response's head as they came, of which Netty's head does not tell all: it takes
 * any run of blanks for one, ends a name at a blank, takes what follows up to the colon for
 * nothing, and in HTTP/1.0 the first of several lengths for the only one.
 */
final class HeadLines {
  /** What Netty's head has in place of a status that it could not read. */
  private static final int NO_STATUS = 999;

  private int wordEnd;
  private boolean oddLine;
  private boolean oddStatus;
  private boolean blankInName;
  private int lengths;

  /** Of the head, or of the trailers. */
  private int fields;

  /** The first word of a status line ends here. */
  void firstWord(int end) {
    wordEnd = end;
    fields = 0;
  }

  void secondWord(byte[] line, int start, int end) {
    // Java reads +200 and 0200 as 200.
    oddStatus |= end - start > 3 || line[start] < '0' || line[start] > '9';
    oddLine |= line[wordEnd] != ' ' || start != wordEnd + 1;
    wordEnd = end;
  }

  void thirdWord(byte[] line) {
    oddLine |= line[wordEnd] != ' ';
  }

  /** A name of a header or a trailer. */
  void name(byte[] line, int end) {
    RequestDecoder.checkCount(++fields);
    blankInName |= line[end] != ':';
  }

  /** A name of a header. */
  void header(AsciiString name) {
    if (name.contentEqualsIgnoreCase(HttpHeaderNames.CONTENT_LENGTH)) {
      lengths++;
    }
  }

  /** Whether a name, of the head or the trailers, is not a token. */
  boolean hasBlankInName() {
    return blankInName;
  }

  /**
   * Refuses a head that is not one, or whose framing is ambiguous.
   *
   * @param upgrade whether the request asked to switch
   */
  void check(HttpResponse head, boolean upgrade) throws MalformedMessageException {
    fields = 0;
    if (head.decoderResult().isFailure()) {
      throw unread(head, upgrade);
    }
    checkLines();
    Framing.checkResponse(head, upgrade);
  }

  /** What is wrong with a head that Netty could not read. */
  private MalformedMessageException unread(HttpResponse head, boolean upgrade)
      throws MalformedMessageException {
    Throwable cause = head.decoderResult().cause();
    if (cause instanceof TooLongHttpLineException) {
      return new MalformedMessageException("its status line is too long.");
    }
    if (cause instanceof TooLongFrameException) {
      return new MalformedMessageException("its header fields are too large, or too many.");
    }
    if (cause instanceof PrematureChannelClosureException) {
      return new MalformedMessageException("it ends within its header fields.");
    }
    if (head.status().code() == NO_STATUS && head.headers().isEmpty()) {
      return new MalformedMessageException("its status line is malformed.");
    }
    checkLines();
    Framing.checkResponse(head, upgrade);
    return new MalformedMessageException("its header fields are malformed.");
  }

  private void checkLines() throws MalformedMessageException {
    if (oddLine) {
      throw new MalformedMessageException("its status line has no space where there is one.");
    }
    if (oddStatus) {
      throw new MalformedMessageException("its status is not three digits.");
    }
    if (blankInName) {
      throw new MalformedMessageException("a header field's name is not a token.");
    }
    if (lengths > 1) {
      throw new MalformedMessageException("it has two lengths.");
    }
    lengths = 0;
  }
}
