package dev.corsac.cli.option;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A port to listen on; 0 is any free one. */
public final class PortOption implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String text) {
    if (text.matches("\\d{1,5}") && Integer.parseInt(text) <= 65_535) {
      return Integer.valueOf(text);
    }
    throw new TypeConversionException(
        "'" + text + "' is not a port. Write a number from 0 to 65535; 0 is any free port.");
  }
}
