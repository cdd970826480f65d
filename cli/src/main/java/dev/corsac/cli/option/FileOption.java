package dev.corsac.cli.option;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** A file that is to be read. */
public final class FileOption implements ITypeConverter<Path> {
  @Override
  public Path convert(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException(
          "'" + text + "' cannot be the name of a file here: " + e.getReason() + ".");
    }
  }

  /**
   * Looks whether there is something to read. Converters are not asked that: they run for {@code
   * --help} as well.
   *
   * @throws ParameterException if there is not
   */
  public static Path readable(CommandSpec command, Path file) {
    String problem = problem(file);
    if (!problem.isEmpty()) {
      throw new ParameterException(command.commandLine(), problem);
    }
    return file;
  }

  /** Why a file could not be read. */
  public static String problem(Path file, IOException e) {
    String reason = e instanceof FileSystemException refused ? refused.getReason() : null;
    return file + " cannot be read" + (reason == null ? "." : ": " + reason + ".");
  }

  private static String problem(Path file) {
    if (file.toString().isEmpty()) {
      return "The name of the file is empty.";
    }
    if (Files.isDirectory(file)) {
      return file + " is a directory; name the file in it.";
    }
    if (Files.notExists(file)) {
      return file + " is not there.";
    }
    return Files.isReadable(file) ? "" : file + " cannot be read.";
  }
}
