package dev.corsac.cli.option;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/**
 * A header that stands on the command line as {@code 'Name: value'}.
 *
 * @param name the name, without white space around it
 * @param value the value, without white space around it
 */
public record HeaderOption(String name, String value) {

  /** What to say of a header that is none; it does not repeat what was meant as a secret. */
  public static final String FORM =
      "A header has a name, a colon and a value of one line, such as 'Cookie: sid=1'.";

  /** Does not repeat what it refuses: what was meant as a secret stays out of logs. */
  public static final class Converter implements ITypeConverter<HeaderOption> {
    @Override
    public HeaderOption convert(String text) {
      int colon = text.indexOf(':');
      if (colon < 1) {
        throw new TypeConversionException(FORM);
      }
      return new HeaderOption(text.substring(0, colon).strip(), text.substring(colon + 1).strip());
    }
  }
}
