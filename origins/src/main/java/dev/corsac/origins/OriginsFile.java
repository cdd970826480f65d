package dev.corsac.origins;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * A file with a list of origins.
 *
 * <p>Text has one origin a line; what follows a {@code #} at the start of a line or after white
 * space is a comment. A file whose name ends in .yaml, .yml or .json is a list, by itself or below
 * {@code origins:}, of origins or of {@code {origin, owner, note, expires}}.
 *
 * <pre>
 * https://shop.example.com        # the shop
 *
 * - https://shop.example.com
 * - {origin: "https://fair.example.com", owner: marketing, expires: 2026-12-31}
 * </pre>
 *
 * <p>{@code expires} is a date, whose day in UTC is the last, or a time such as {@code
 * 2026-12-31T18:00:00Z}.
 */
public final class OriginsFile {
  private static final long MAX_BYTES = 256L << 20;
  private static final long MAX_YAML = 16L << 20;

  /** Of the heap, which holds the origins of before and those that are read. */
  private static final int SHARE = 4;

  /** The same for YAML, which is held as a tree besides. */
  private static final int YAML_SHARE = 64;

  private static final int MAX_LINE = 10_000;
  private static final List<String> KEYS = List.of("origin", "owner", "note", "expires");

  private OriginsFile() {}

  /** Takes the rows of a file. */
  @FunctionalInterface
  public interface Rows {
    /**
     * The next row.
     *
     * @param where its place, such as {@code line 3}
     */
    void accept(OriginRow row, String where) throws IOException;
  }

  /**
   * Reads a file from its start to its end.
   *
   * @throws IOException if the file cannot be read, or is not what its name says; the message says
   *     why, as a clause
   */
  public static void read(Path file, Rows rows) throws IOException {
    check(file);
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      if (isYaml(file)) {
        readYaml(reader, rows);
      } else {
        readText(reader, rows);
      }
    } catch (CharacterCodingException e) {
      throw new IOException("it is not UTF-8", e);
    }
  }

  /** That it can be read at all, and leaves room in memory. */
  static void check(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (!attributes.isRegularFile()) {
      throw new IOException(
          attributes.isDirectory() ? "it is a directory" : "it is a device or a pipe");
    }
    long heap = Runtime.getRuntime().maxMemory();
    long most =
        isYaml(file) ? Math.min(MAX_YAML, heap / YAML_SHARE) : Math.min(MAX_BYTES, heap / SHARE);
    if (attributes.size() > most) {
      throw new IOException(
          "it is larger than "
              + (most >> 10)
              + " KiB, the most that a heap of "
              + (heap >> 20)
              + " MiB takes");
    }
  }

  private static boolean isYaml(Path file) {
    String name = file.toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
  }

  /** Why a file cannot be read, as a clause. */
  public static String reason(IOException e) {
    if (e instanceof NoSuchFileException) {
      return "it is not there";
    }
    if (e instanceof FileSystemException known) {
      return known.getReason() == null ? "permission denied" : known.getReason();
    }
    return e.getMessage() == null ? e.toString() : e.getMessage();
  }

  /**
   * The end that a text means.
   *
   * @throws DateTimeException if it is neither a date nor a time
   */
  public static Instant expiry(String text) {
    return text.length() == "2026-12-31".length()
        ? LocalDate.parse(text).plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant()
        : Instant.parse(text);
  }

  private static void readText(BufferedReader reader, Rows rows) throws IOException {
    int number = 0;
    for (String line = line(reader, 1); line != null; line = line(reader, number + 1)) {
      number++;
      String text = withoutComment(number == 1 ? withoutMark(line) : line).strip();
      if (!text.isEmpty()) {
        rows.accept(OriginRow.of(text), "line " + number);
      }
    }
  }

  /** The next line, of which no more is held than may be there; null at the end. */
  private static @Nullable String line(BufferedReader reader, int number) throws IOException {
    StringBuilder line = new StringBuilder();
    int c = reader.read();
    if (c < 0) {
      return null;
    }
    for (; c >= 0 && c != '\n'; c = reader.read()) {
      if (line.length() == MAX_LINE) {
        throw new IOException("line " + number + " is longer than " + MAX_LINE + " characters");
      }
      line.append((char) c);
    }
    return line.toString();
  }

  private static String withoutMark(String line) {
    return line.startsWith("\ufeff") ? line.substring(1) : line;
  }

  private static String withoutComment(String line) {
    for (int i = line.indexOf('#'); i >= 0; i = line.indexOf('#', i + 1)) {
      if (i == 0 || Character.isWhitespace(line.charAt(i - 1))) {
        return line.substring(0, i);
      }
    }
    return line;
  }

  private static void readYaml(BufferedReader reader, Rows rows) throws IOException {
    Object root;
    try {
      root =
          new Load(LoadSettings.builder().setCodePointLimit((int) MAX_YAML).build())
              .loadFromReader(reader);
    } catch (YamlEngineException e) {
      String message = e.getMessage() == null ? e.toString() : e.getMessage();
      throw new IOException("it is not YAML: " + message.replaceAll("\\s+", " "), e);
    } catch (StackOverflowError e) {
      throw new IOException("it is nested too deeply", e);
    }
    Object list = root instanceof Map<?, ?> map && map.size() == 1 ? map.get("origins") : root;
    if (root == null) {
      return;
    }
    if (!(list instanceof List<?> items)) {
      throw new IOException("it is no list of origins, by itself or below origins:");
    }
    int number = 0;
    for (Object item : items) {
      number++;
      rows.accept(row(item, "entry " + number), "entry " + number);
    }
  }

  private static OriginRow row(@Nullable Object item, String where) throws IOException {
    if (!(item instanceof Map<?, ?> map)) {
      // null is what YAML makes of the origin null, which is then refused by that name.
      return OriginRow.of(String.valueOf(item));
    }
    for (Object key : map.keySet()) {
      if (!KEYS.contains(String.valueOf(key))) {
        throw new IOException(where + " has the key " + key + "; the keys are " + KEYS);
      }
    }
    String expires = text(map, "expires");
    try {
      return new OriginRow(
          text(map, "origin"),
          text(map, "owner"),
          text(map, "note"),
          Optional.empty(),
          expires.isEmpty() ? Optional.empty() : Optional.of(expiry(expires)));
    } catch (DateTimeException e) {
      throw new IOException(
          where + " expires at \"" + expires + "\", which is no date such as 2026-12-31", e);
    } catch (IllegalArgumentException e) {
      throw new IOException(where + ": " + e.getMessage(), e);
    }
  }

  private static String text(Map<?, ?> map, String key) {
    Object value = map.get(key);
    return value == null ? "" : String.valueOf(value);
  }
}
