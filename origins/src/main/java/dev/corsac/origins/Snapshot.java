package dev.corsac.origins;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * The last good origins of a database in a file: text, a line an origin, with a head that says of
 * which database and policy, and an end with a checksum. The file's time is when the database was
 * last known to say this.
 */
final class Snapshot {
  private static final String HEAD = "# corsac origins 1, ";
  private static final String END = "# end ";

  private final Path file;
  private final String source;

  /**
   * @param source what the origins are of
   */
  Snapshot(Path file, String source) {
    this.file = file;
    this.source = source;
  }

  /** Takes an origin of a file. */
  interface Rows {
    void accept(String pattern, @Nullable Instant expires);
  }

  /**
   * Reads the file.
   *
   * @return when the database was last known to say this
   * @throws IOException if there is no whole file of this database and policy
   */
  Instant read(Rows rows) throws IOException {
    Instant when = Files.getLastModifiedTime(file).toInstant();
    // Twice, so that nothing of a broken file is taken.
    check();
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      reader.readLine();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (!line.startsWith("#")) {
          int blank = line.indexOf(' ');
          rows.accept(
              blank < 0 ? line : line.substring(0, blank),
              blank < 0 ? null : Instant.parse(line.substring(blank + 1)));
        }
      }
    } catch (DateTimeParseException e) {
      throw new IOException("it is damaged", e);
    }
    return when;
  }

  private void check() throws IOException {
    CRC32 sum = new CRC32();
    String last = "";
    try (BufferedReader reader = Files.newBufferedReader(file)) {
      String head = reader.readLine();
      if (!(HEAD + source).equals(head)) {
        throw new IOException("it is of another database or policy");
      }
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        if (line.startsWith(END)) {
          last = line;
          break;
        }
        update(sum, line);
      }
    }
    if (!last.equals(END + Long.toHexString(sum.getValue()))) {
      throw new IOException("it is damaged");
    }
  }

  private static void update(CRC32 sum, String line) {
    sum.update(line.getBytes(StandardCharsets.UTF_8));
    sum.update('\n');
  }

  /** The database still says what the file says. */
  void confirm() {
    try {
      Files.setLastModifiedTime(file, FileTime.from(Instant.now()));
    } catch (IOException e) {
      // The file then looks older than it is, which is safe.
    }
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
    private final CRC32 sum = new CRC32();

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
      String line = expires == null ? pattern : pattern + " " + expires;
      update(sum, line);
      line(line);
    }

    void finish() throws IOException {
      line(END + Long.toHexString(sum.getValue()));
      out.flush();
      channel.force(true);
      channel.close();
      try {
        Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (AtomicMoveNotSupportedException e) {
        Files.move(temporary, file, StandardCopyOption.REPLACE_EXISTING);
      }
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
