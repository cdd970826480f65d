package dev.corsac.attacks.http;

import java.util.List;

/** Writes frames of RFC 9113, right or wrong, and header blocks of RFC 7541 without compression. */
public final class Http2Frame {
  public static final int DATA = 0;
  public static final int HEADERS = 1;
  static final int RST_STREAM = 3;
  static final int SETTINGS = 4;
  static final int PING = 6;
  static final int GOAWAY = 7;
  static final int CONTINUATION = 9;

  static final int ACK = 1;
  public static final int END_STREAM = 1;
  public static final int END_HEADERS = 4;

  private static final int ONE_BYTE = 127;

  private Http2Frame() {}

  public static String of(int type, int flags, int stream, String payload) {
    return number(payload.length(), 3) + (char) type + (char) flags + number(stream, 4) + payload;
  }

  /** Lines of a name and a value, each a literal that is not indexed. */
  public static String headerBlock(List<List<String>> lines) {
    StringBuilder block = new StringBuilder();
    for (List<String> line : lines) {
      block.append('\0').append(literal(line.get(0))).append(literal(line.get(1)));
    }
    return block.toString();
  }

  private static String literal(String text) {
    if (text.length() < ONE_BYTE) {
      return (char) text.length() + text;
    }
    StringBuilder length = new StringBuilder().append((char) ONE_BYTE);
    int rest = text.length() - ONE_BYTE;
    for (; rest >= 128; rest /= 128) {
      length.append((char) (rest % 128 + 128));
    }
    return length.append((char) rest) + text;
  }

  private static String number(int number, int bytes) {
    StringBuilder text = new StringBuilder();
    for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
      text.append((char) (number >> shift & 0xff));
    }
    return text.toString();
  }
}
