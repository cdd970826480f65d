package dev.corsac.attacks.http;

/** Bytes for people to read. */
public final class Text {
  private static final int MOST = 600;

  private Text() {}

  /** As a JSON string, cut off where it gets long. */
  public static String quote(String bytes) {
    String shown = all(bytes.length() <= MOST ? bytes : bytes.substring(0, MOST));
    return bytes.length() <= MOST ? shown : shown + "… (" + bytes.length() + " bytes)";
  }

  /** As a JSON string, all of it. */
  public static String all(String bytes) {
    StringBuilder text = new StringBuilder("\"");
    for (int i = 0; i < bytes.length(); i++) {
      char c = bytes.charAt(i);
      switch (c) {
        case '\r' -> text.append("\\r");
        case '\n' -> text.append("\\n");
        case '\t' -> text.append("\\t");
        case '"', '\\' -> text.append('\\').append(c);
        default -> {
          if (c < ' ' || c > '~') {
            text.append(String.format("\\u%04x", (int) c));
          } else {
            text.append(c);
          }
        }
      }
    }
    return text.append('"').toString();
  }
}
