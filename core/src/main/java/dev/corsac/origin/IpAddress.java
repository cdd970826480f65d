package dev.corsac.origin;

import org.jspecify.annotations.Nullable;

/** IP addresses as the URL standard serialises them (URL section 3.5). */
public final class IpAddress {
  private IpAddress() {}

  /**
   * Whether a host is taken for an IPv4 address: its last label is a number (URL, "ends in a number
   * checker").
   */
  public static boolean endsInNumber(String text, int start, int end) {
    int label = text.lastIndexOf('.', end - 1) + 1;
    label = Math.max(label, start);
    boolean hex = text.startsWith("0x", label);
    for (int i = hex ? label + 2 : label; i < end; i++) {
      char c = text.charAt(i);
      if (!OriginSyntax.isDigit(c) && !(hex && c >= 'a' && c <= 'f')) {
        return false;
      }
    }
    return label < end;
  }

  /** Four decimal numbers from 0 to 255 without leading zeros. */
  public static boolean isSerialisedIpv4(String text, int start, int end) {
    int parts = 0;
    int from = start;
    while (from <= end) {
      int dot = text.indexOf('.', from);
      int to = dot < 0 || dot > end ? end : dot;
      if (to == from || to - from > 3 || (to - from > 1 && text.charAt(from) == '0')) {
        return false;
      }
      int value = 0;
      for (int i = from; i < to; i++) {
        if (!OriginSyntax.isDigit(text.charAt(i))) {
          return false;
        }
        value = value * 10 + text.charAt(i) - '0';
      }
      if (value > 255) {
        return false;
      }
      parts++;
      from = to + 1;
    }
    return parts == 4;
  }

  /**
   * An address in brackets, in the one form that browsers send: compressed, lower case, without
   * leading zeros.
   */
  static boolean isSerialisedIpv6(String bracketed) {
    return bracketed.equals(serialiseIpv6(bracketed));
  }

  /** The form that browsers send of an IPv6 address in brackets; null if it is none. */
  public static @Nullable String serialiseIpv6(String bracketed) {
    if (bracketed.length() < 4
        || bracketed.length() > 47
        || bracketed.charAt(0) != '['
        || bracketed.charAt(bracketed.length() - 1) != ']') {
      return null;
    }
    int[] pieces = parseIpv6(bracketed.substring(1, bracketed.length() - 1));
    return pieces == null ? null : serialise(pieces);
  }

  private static int @Nullable [] parseIpv6(String text) {
    int gap = text.indexOf("::");
    if (gap >= 0 && text.indexOf("::", gap + 1) >= 0) {
      return null;
    }
    String head = gap < 0 ? text : text.substring(0, gap);
    String tail = gap < 0 ? "" : text.substring(gap + 2);
    int[] before = parsePieces(head);
    int[] after = parsePieces(tail);
    if (before == null || after == null) {
      return null;
    }
    int zeros = 8 - before.length - after.length;
    if (gap < 0 ? zeros != 0 : zeros < 1) {
      return null;
    }
    int[] pieces = new int[8];
    System.arraycopy(before, 0, pieces, 0, before.length);
    System.arraycopy(after, 0, pieces, 8 - after.length, after.length);
    return pieces;
  }

  private static int @Nullable [] parsePieces(String text) {
    if (text.isEmpty()) {
      return new int[0];
    }
    String[] parts = text.split(":", -1);
    String last = parts[parts.length - 1];
    boolean dotted = last.indexOf('.') >= 0;
    if (dotted && !isSerialisedIpv4(last, 0, last.length())) {
      return null;
    }
    int count = parts.length + (dotted ? 1 : 0);
    if (count > 8) {
      return null;
    }
    int[] pieces = new int[count];
    for (int i = 0; i < parts.length - (dotted ? 1 : 0); i++) {
      int piece = parseHex(parts[i]);
      if (piece < 0) {
        return null;
      }
      pieces[i] = piece;
    }
    if (dotted) {
      String[] bytes = last.split("\\.", -1);
      pieces[count - 2] = Integer.parseInt(bytes[0]) << 8 | Integer.parseInt(bytes[1]);
      pieces[count - 1] = Integer.parseInt(bytes[2]) << 8 | Integer.parseInt(bytes[3]);
    }
    return pieces;
  }

  private static int parseHex(String text) {
    if (text.isEmpty() || text.length() > 4) {
      return -1;
    }
    int value = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      if (digit < 0) {
        return -1;
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private static String serialise(int[] pieces) {
    int bestStart = -1;
    int bestLength = 1;
    for (int i = 0; i < 8; i++) {
      int run = i;
      while (run < 8 && pieces[run] == 0) {
        run++;
      }
      if (run - i > bestLength) {
        bestStart = i;
        bestLength = run - i;
      }
    }
    StringBuilder text = new StringBuilder("[");
    for (int i = 0; i < 8; i++) {
      if (i == bestStart) {
        text.append(i == 0 ? "::" : ":");
        i += bestLength - 1;
      } else {
        text.append(Integer.toHexString(pieces[i]));
        if (i < 7) {
          text.append(':');
        }
      }
    }
    return text.append(']').toString();
  }
}
