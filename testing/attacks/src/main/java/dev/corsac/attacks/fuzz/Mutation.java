package dev.corsac.attacks.fuzz;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** Changes a message a little, where servers are known to differ. */
final class Mutation {
  private static final String ODD =
      "\r\n\0 \t:;,0159afgx+-=\"\u000b\u000c\u0001\u007f\u0085\u00a0\u00ff/?#%\\";
  private static final Pattern NUMBER = Pattern.compile("[0-9a-f]+");
  private static final List<String> NUMBERS =
      List.of(
          "0", "1", "00", "+1", "-1", "0x1", "7fffffff", "ffffffff", "100000000", "1".repeat(20));
  private static final List<String> LINES =
      List.of(
          "Content-Length: 0",
          "Content-Length: 5",
          "Content-Length: 5, 5",
          "Content-Length : 5",
          "Transfer-Encoding: chunked",
          "Transfer-Encoding: identity",
          "Transfer-Encoding:\tchunked",
          "Transfer-Encoding : chunked",
          " folded",
          "Connection: close",
          "Connection: keep-alive",
          "Connection: Content-Length, Transfer-Encoding",
          "Upgrade: h2c",
          "Expect: 100-continue",
          "Host: b.example",
          "no colon",
          ": no name",
          "");

  private Mutation() {}

  /** One to four changes. */
  static String of(String bytes, Random random) {
    String changed = bytes;
    for (int i = 1 + random.nextInt(4); i > 0; i--) {
      changed = once(changed, random);
    }
    return changed;
  }

  private static String once(String bytes, Random random) {
    if (bytes.isEmpty()) {
      return bytes;
    }
    int at = random.nextInt(bytes.length());
    return switch (random.nextInt(10)) {
      case 0 -> bytes.substring(0, at) + odd(random) + bytes.substring(at);
      case 1 -> bytes.substring(0, at) + odd(random) + bytes.substring(at + 1);
      case 2 -> bytes.substring(0, at) + bytes.substring(at + 1);
      case 3 -> lineBreak(bytes, at, random);
      case 4 -> lines(bytes, random);
      case 5 -> lines(bytes, random);
      case 6 -> number(bytes, random);
      case 7 -> bytes.replaceFirst("HTTP/1\\.1", "HTTP/1.0");
      case 8 -> bytes.substring(0, at);
      default -> bytes.substring(0, at) + bytes.substring(random.nextInt(bytes.length()));
    };
  }

  private static char odd(Random random) {
    return ODD.charAt(random.nextInt(ODD.length()));
  }

  private static String lineBreak(String bytes, int near, Random random) {
    int at = bytes.indexOf("\r\n", near);
    String other =
        List.of("\n", "\r", "\r\r\n", "\n\r", " \r\n", "\r\n ", "").get(random.nextInt(7));
    return at < 0 ? bytes : bytes.substring(0, at) + other + bytes.substring(at + 2);
  }

  private static String lines(String bytes, Random random) {
    List<String> lines = new ArrayList<>(List.of(bytes.split("\r\n", -1)));
    int at = random.nextInt(lines.size());
    switch (random.nextInt(4)) {
      case 0 -> lines.add(at, lines.get(random.nextInt(lines.size())));
      case 1 -> lines.remove(at);
      default -> lines.add(at, LINES.get(random.nextInt(LINES.size())));
    }
    return String.join("\r\n", lines);
  }

  private static String number(String bytes, Random random) {
    List<MatchResult> numbers = NUMBER.matcher(bytes).results().toList();
    if (numbers.isEmpty()) {
      return bytes;
    }
    MatchResult number = numbers.get(random.nextInt(numbers.size()));
    String other = NUMBERS.get(random.nextInt(NUMBERS.size()));
    return bytes.substring(0, number.start()) + other + bytes.substring(number.end());
  }
}
