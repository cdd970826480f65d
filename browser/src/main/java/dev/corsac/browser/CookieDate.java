package dev.corsac.browser;

import dev.corsac.browser.url.Ascii;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The cookie-date of RFC 6265bis, 5.1.1: the first time, day, month and year in any order. */
final class CookieDate {
  private static final String DELIMITERS = "[\\x09\\x20-\\x2f\\x3b-\\x40\\x5b-\\x60\\x7b-\\x7e]+";
  private static final Pattern TIME =
      Pattern.compile("(\\d{1,2}):(\\d{1,2}):(\\d{1,2})(?:\\D.*)?", Pattern.DOTALL);
  private static final Pattern DAY = Pattern.compile("(\\d{1,2})(?:\\D.*)?", Pattern.DOTALL);
  private static final Pattern YEAR = Pattern.compile("(\\d{2,4})(?:\\D.*)?", Pattern.DOTALL);
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");

  private CookieDate() {}

  /** Null if there is no date in it. */
  static @Nullable Instant parse(String text) {
    Matcher time = null;
    int day = -1;
    int month = -1;
    int year = -1;
    for (String token : text.split(DELIMITERS, -1)) {
      Matcher asTime = TIME.matcher(token);
      Matcher asDay = DAY.matcher(token);
      Matcher asYear = YEAR.matcher(token);
      int asMonth = token.length() < 3 ? -1 : MONTHS.indexOf(Ascii.lower(token.substring(0, 3)));
      if (time == null && asTime.matches()) {
        time = asTime;
      } else if (day < 0 && asDay.matches()) {
        day = Integer.parseInt(asDay.group(1));
      } else if (month < 0 && asMonth >= 0) {
        month = asMonth + 1;
      } else if (year < 0 && asYear.matches()) {
        year = Integer.parseInt(asYear.group(1));
      }
    }
    if (time == null || day < 0 || month < 0 || year < 0) {
      return null;
    }
    year += year < 70 ? 2000 : year < 100 ? 1900 : 0;
    try {
      return year < 1601
          ? null
          : LocalDateTime.of(year, month, day, number(time, 1), number(time, 2), number(time, 3))
              .toInstant(ZoneOffset.UTC);
    } catch (DateTimeException noSuchDate) {
      return null;
    }
  }

  private static int number(Matcher time, int group) {
    return Integer.parseInt(time.group(group));
  }
}
