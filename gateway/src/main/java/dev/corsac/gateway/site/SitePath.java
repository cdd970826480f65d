package dev.corsac.gateway.site;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path below a folder: names of which none leads anywhere but down.
 *
 * <pre>
 * permitted    /   /a/b.js   /a%20b   /.well-known/x
 * prohibited   /../a   /%2e%2e/a   /a%2fb   /a%5cb   /a%00   //a   /.git/config   /a.   /a:b   /%c0%ae
 * </pre>
 *
 * @param folder whether it ends with a slash, so that it asks for a folder
 */
record SitePath(List<String> names, boolean folder) {

  /**
   * Reads a path as received.
   *
   * @param skipped how many names belong to the route
   * @return null if it is none
   */
  static @Nullable SitePath of(String path, int skipped) {
    if (!path.startsWith("/")) {
      return null;
    }
    String[] parts = path.substring(1).split("/", -1);
    boolean folder = parts[parts.length - 1].isEmpty();
    List<String> names = new ArrayList<>();
    for (int i = 0; i < parts.length - (folder ? 1 : 0); i++) {
      String name = decode(parts[i]);
      if (name == null || !isPlain(name)) {
        return null;
      }
      if (i >= skipped) {
        names.add(name);
      }
    }
    return new SitePath(List.copyOf(names), folder || names.isEmpty());
  }

  /** Hidden files are no part of a site, but for those that RFC 8615 wants there. */
  static boolean isPlain(String name) {
    boolean hidden = name.startsWith(".") && !name.equals(".well-known");
    // Windows takes names that end so for the name without it, and a colon for a stream of a file.
    boolean odd = name.isEmpty() || name.endsWith(".") || name.endsWith(" ");
    return !hidden
        && !odd
        && name.chars()
            .noneMatch(c -> c < ' ' || c == 0x7f || c == '/' || c == '\\' || c == ':' || c == '~');
  }

  /** Percent-decoded, as strict UTF-8. */
  private static @Nullable String decode(String part) {
    if (part.indexOf('%') < 0) {
      return part;
    }
    ByteBuffer bytes = ByteBuffer.allocate(part.length());
    for (int i = 0; i < part.length(); i++) {
      char c = part.charAt(i);
      if (c >= 0x80) {
        return null;
      }
      if (c != '%') {
        bytes.put((byte) c);
        continue;
      }
      int high = i + 2 < part.length() ? hex(part.charAt(i + 1)) : -1;
      int low = i + 2 < part.length() ? hex(part.charAt(i + 2)) : -1;
      if (high < 0 || low < 0) {
        return null;
      }
      bytes.put((byte) (high * 16 + low));
      i += 2;
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(bytes.flip()).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  private static int hex(char c) {
    return c < 0x80 ? Character.digit(c, 16) : -1;
  }
}
