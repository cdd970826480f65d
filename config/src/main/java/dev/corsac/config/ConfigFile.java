package dev.corsac.config;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;

/** A file as it lies on a disk, read with a bound. */
final class ConfigFile {
  private ConfigFile() {}

  /**
   * Everything in a file, or one byte more than is permitted if it is larger.
   *
   * @throws FileSystemException if it is not a file: a device or a pipe would never end
   * @throws IOException if it cannot be read
   */
  static byte[] read(Path file) throws IOException {
    attributes(file);
    // The size is not to be trusted: a file can grow, and those of /proc have none.
    try (InputStream in = Files.newInputStream(file)) {
      return in.readNBytes(YamlParser.MAX_LENGTH + 1);
    }
  }

  /** What can be told of a file without opening it; links are followed. */
  static BasicFileAttributes attributes(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      throw new FileSystemException(file.toString(), null, "it is a directory");
    }
    if (!attributes.isRegularFile()) {
      throw new FileSystemException(file.toString(), null, "it is a device or a pipe");
    }
    return attributes;
  }
}
