package dev.corsac.cli.option;

import java.math.BigDecimal;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time to wait, in seconds. */
public final class SecondsOption implements ITypeConverter<Duration> {
  private static final int MOST = 600;

  @Override
  public Duration convert(String text) {
    // Written out, since BigDecimal also reads 1e999999999, and takes its time over it.
    if (text.matches("\\d{1,4}(\\.\\d{1,9})?")) {
      long nanos = new BigDecimal(text).movePointRight(9).longValueExact();
      if (nanos > 0 && nanos <= MOST * 1_000_000_000L) {
        return Duration.ofNanos(Math.max(1_000_000, nanos));
      }
    }
    throw new TypeConversionException(
        "'"
            + text
            + "' is not a time to wait. Write up to "
            + MOST
            + " seconds, such as 10 or 0.5.");
  }
}
