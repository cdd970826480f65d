package dev.corsac.origins;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The last good origins of a database in a file: text, a line an origin, with a head that says of
 * which database and policy, and an end with a checksum of all lines before. Changes are appended,
 * each with an end of its own, so that what a crash left half written does not count. The file's
 * time is when the database was last known to say this.
 *
 * <pre>
 * # corsac origins 1, database jdbc:postgresql://db/corsac policy shop
 * https://shop.example.com
 * https://fair.example.com 2026-12-31T00:00:00Z
 * # end 5d41402a
 * -https://shop.example.com
 * # end bc4b2a76
 * </pre>
 */
final class Snapshot {
  private static final String HEAD = "# corsac origins 1, ";
  private static final String END = "# end ";
  private static final String REMOVED = "-";
  private static final int ABOUT_A_LINE = 25;
  private static final long LONGEST = 1L << 30;
  private static final long LONG = 16 << 20;

  private final Path file;
  private final String source;
  private CRC32 sum = new CRC32();
  private long whole;
  private long length = -1;

  /**
   * @param source what the origins are of
   */
  Snapshot(Path file, String source) {
    this.file = file;
    this.source = source;
  }

  /** About how many origins the file has. */
  int about() {
    try {
      return (int) Math.min(Files.size(file) / ABOUT_A_LINE, 4_000_000);
    } catch (IOException e) {
      return 0;
    }
  }

  /**
   * Reads the file.
   *
   * @return when the database was last known to say this
   * @throws IOException if there is no whole file of this database and policy
   */
  Instant read(Consumer<Change> rows) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (!attributes.isRegularFile() || attributes.size() > LONGEST) {
      throw new IOException("it is not a file of at most " + (LONGEST >> 20) + " MiB");
    }
    // Twice, so that nothing of a broken file is taken.
    long good = goodLines();
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      for (long i = 0; i < good; i++) {
        String line = reader.readLine();
        if (line != null && !line.startsWith("#")) {
          rows.accept(change(line));
        }
      }
    } catch (DateTimeException e) {
      throw new IOException("it is damaged", e);
    }
    return attributes.lastModifiedTime().toInstant();
  }

  private static Change change(String line) {
    if (line.startsWith(REMOVED)) {
      return new Change(line.substring(REMOVED.length()), false, null);
    }
    int blank = line.indexOf(' ');
    return blank < 0
        ? new Change(line, true, null)
        : new Change(line.substring(0, blank), true, Instant.parse(line.substring(blank + 1)));
  }

  /** How many lines there are up to the last end that is right. */
  private long goodLines() throws IOException {
    CRC32 read = new CRC32();
    long lines = 1;
    long good = 0;
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      if (!(HEAD + source).equals(reader.readLine())) {
        throw new IOException("it is of another database or policy");
      }
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines++;
        if (!line.startsWith(END)) {
          update(read, line);
        } else if (line.equals(end(read))) {
          good = lines;
        } else {
          break;
        }
      }
    }
    if (good == 0) {
      throw new IOException("it is damaged");
    }
    return good;
  }

  private static String end(CRC32 sum) {
    return END + Long.toHexString(sum.getValue());
  }

  private static byte[] update(CRC32 sum, String line) {
    byte[] bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
    sum.update(bytes);
    return bytes;
  }

  /** Whether the file has all that the database said, so that changes can be appended. */
  boolean isWhole() {
    return length >= 0;
  }

  /** Whether so much was appended that a new file is better. */
  boolean isLong() {
    return length > 2 * whole + LONG;
  }

  /** The database still says what the file says. */
  void confirm() {
    if (!isWhole()) {
      return;
    }
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException e) {
      // The file then looks older than it is, which is safe.
    }
  }

  /** Adds what has changed since, which has no control characters. */
  void append(List<Change> rows) throws IOException {
    long from = length;
    length = -1;
    StringBuilder text = new StringBuilder();
    for (Change row : rows) {
      text.append(REMOVED).append(row.pattern()).append('\n');
      if (row.there()) {
        text.append(text(row.pattern(), row.expires())).append('\n');
      }
    }
    byte[] lines = text.toString().getBytes(StandardCharsets.UTF_8);
    sum.update(lines);
    byte[] end = (end(sum) + "\n").getBytes(StandardCharsets.UTF_8);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      if (channel.size() != from) {
        throw new IOException("someone else has changed it");
      }
      channel.position(from);
      write(channel, ByteBuffer.wrap(lines));
      write(channel, ByteBuffer.wrap(end));
      channel.force(false);
    }
    length = from + lines.length + end.length;
  }

  private static void write(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private static String text(String pattern, @Nullable Instant expires) {
    return expires == null ? pattern : pattern + " " + expires;
  }

  /** Starts to write a file beside the one that is there. */
  Writer writer() throws IOException {
    return new Writer();
  }

  /** A file that replaces the one before when it is whole. */
  final class Writer implements AutoCloseable {
    private final Path temporary;
    private final FileChannel channel;
    private final BufferedWriter out;
    private final CRC32 written = new CRC32();

    private Writer() throws IOException {
      temporary =
          file.resolveSibling(
              file.getFileName() + "." + Long.toHexString(ThreadLocalRandom.current().nextLong()));
      channel =
          FileChannel.open(temporary, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      OutputStream stream = Channels.newOutputStream(channel);
      out = new BufferedWriter(new OutputStreamWriter(stream, StandardCharsets.UTF_8), 1 << 16);
      line(HEAD + source);
    }

    void add(String pattern, @Nullable Instant expires) throws IOException {
      String line = text(pattern, expires);
      update(written, line);
      line(line);
    }

    /** All was added. */
    void finish() throws IOException {
      line(end(written));
      out.flush();
      channel.force(true);
      channel.close();
    }

    /** Lets the file take the place of the one before. */
    void replace() throws IOException {
      long size = Files.size(temporary);
      try {
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
      }
      sum = written;
      length = size;
      whole = size;
    }

    private void line(String text) throws IOException {
      out.write(text);
      out.write('\n');
    }

    /** Leaves nothing of a file that was not finished. */
    @Override
    public void close() {
      try {
        channel.close();
        Files.deleteIfExists(temporary);
      } catch (IOException e) {
        // A file that is left over is never read.
      }
    }
  }
}
