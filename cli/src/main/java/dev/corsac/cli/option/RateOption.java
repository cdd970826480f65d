package dev.corsac.cli.option;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A number of requests a second. */
public final class RateOption implements ITypeConverter<Double> {
  @Override
  public Double convert(String text) {
    if (text.matches("\\d{1,4}(\\.\\d{1,9})?")) {
      double rate = Double.parseDouble(text);
      if (rate >= 0.1 && rate <= 1000) {
        return rate;
      }
    }
    throw new TypeConversionException(
        "'" + text + "' is not a rate. Give 0.1 to 1000 requests a second.");
  }
}
