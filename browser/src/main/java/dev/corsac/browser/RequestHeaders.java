package dev.corsac.browser;

import dev.corsac.browser.url.Ascii;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Which request headers a page may set, and which need a preflight
 * (https://fetch.spec.whatwg.org/#terminology-headers).
 */
final class RequestHeaders {
  private static final Set<String> FORBIDDEN =
      Set.of(
          "accept-charset",
          "accept-encoding",
          "access-control-request-headers",
          "access-control-request-method",
          "connection",
          "content-length",
          "cookie",
          "cookie2",
          "date",
          "dnt",
          "expect",
          "host",
          "keep-alive",
          "origin",
          "referer",
          "set-cookie",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "via");
  private static final Set<String> METHOD_OVERRIDES =
      Set.of("x-http-method", "x-http-method-override", "x-method-override");
  private static final Set<String> BODY_HEADERS =
      Set.of("content-encoding", "content-language", "content-location", "content-type");
  private static final Set<String> SAFELISTED_CONTENT_TYPES =
      Set.of("application/x-www-form-urlencoded", "multipart/form-data", "text/plain");
  private static final Set<String> SINGLETONS =
      Set.of(
          "authorization",
          "content-disposition",
          "content-type",
          "from",
          "if-modified-since",
          "if-unmodified-since",
          "max-forwards",
          "user-agent");
  private static final Pattern RANGE = Pattern.compile("bytes=(\\d+)-(\\d*)");
  private static final Pattern RANGE_OF_ANY_CASE =
      Pattern.compile("bytes=\\+?(\\d+)-\\+?(\\d*)", Pattern.CASE_INSENSITIVE);

  private RequestHeaders() {}

  /** https://fetch.spec.whatwg.org/#forbidden-request-header. */
  static boolean isForbidden(String name, String value) {
    String lower = Ascii.lower(name);
    if (FORBIDDEN.contains(lower) || lower.startsWith("proxy-") || lower.startsWith("sec-")) {
      return true;
    }
    if (!METHOD_OVERRIDES.contains(lower)) {
      return false;
    }
    for (String method : value.split(",", -1)) {
      if (HttpGrammar.isForbiddenMethod(Ascii.strip(method, " \t"))) {
        return true;
      }
    }
    return false;
  }

  /** https://fetch.spec.whatwg.org/#request-body-header-name. */
  static boolean isBodyHeader(String name) {
    return BODY_HEADERS.contains(Ascii.lower(name));
  }

  /** https://fetch.spec.whatwg.org/#cors-non-wildcard-request-header-name. */
  static boolean isNonWildcard(String name) {
    return Ascii.lower(name).equals("authorization");
  }

  /** https://fetch.spec.whatwg.org/#no-cors-safelisted-request-header. */
  static boolean isNoCorsSafelisted(String name, String value, Engine engine) {
    return switch (Ascii.lower(name)) {
      case "accept", "accept-language", "content-language", "content-type" ->
          isSafelisted(name, value, engine);
      default -> false;
    };
  }

  /** https://fetch.spec.whatwg.org/#cors-unsafe-request-header-names: sorted, in lower case. */
  static List<String> unsafeNames(List<Header> headers, Engine engine) {
    List<Header> list =
        engine.departs(Departure.SAME_NAME_HEADERS_JOINED) ? joined(headers) : headers;
    List<String> unsafe = new ArrayList<>();
    List<String> potentiallyUnsafe = new ArrayList<>();
    int safelistValueSize = 0;
    for (Header header : list) {
      if (isSafelisted(header.name(), header.value(), engine)) {
        potentiallyUnsafe.add(Ascii.lower(header.name()));
        safelistValueSize += header.value().length();
      } else {
        unsafe.add(Ascii.lower(header.name()));
      }
    }
    if (safelistValueSize > 1024 && !engine.departs(Departure.NO_1024_BYTE_TOTAL)) {
      unsafe.addAll(potentiallyUnsafe);
    }
    if (engine.departs(Departure.ACRH_KEEPS_DUPLICATES)) {
      return unsafe.stream().sorted().toList();
    }
    return List.copyOf(new TreeSet<>(unsafe));
  }

  private static List<Header> joined(List<Header> headers) {
    Map<String, Header> byName = new LinkedHashMap<>();
    for (Header header : headers) {
      byName.merge(
          Ascii.lower(header.name()),
          header,
          (first, more) -> new Header(first.name(), first.value() + ", " + more.value()));
    }
    return List.copyOf(byName.values());
  }

  /** https://fetch.spec.whatwg.org/#cors-safelisted-request-header. */
  static boolean isSafelisted(String name, String value, Engine engine) {
    String lower = Ascii.lower(name);
    boolean safe =
        switch (lower) {
          case "accept" -> !hasUnsafeByte(value, engine);
          case "accept-language", "content-language" ->
              value.chars().allMatch(RequestHeaders::isLanguageByte);
          case "content-type" -> isSafelistedContentType(value, engine);
          case "range" -> isSimpleRange(value, engine);
          default ->
              engine.departs(Departure.CLIENT_HINTS_SAFELISTED) && isClientHint(lower, value);
        };
    return safe && value.length() <= 128;
  }

  /** https://fetch.spec.whatwg.org/#cors-unsafe-request-header-byte. */
  private static boolean hasUnsafeByte(String value, Engine engine) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if ((c < 0x20 && c != '\t') || "\"():<>?@[\\]{}\u007f".indexOf(c) >= 0) {
        return true;
      }
      if (c >= 0x80 && engine.departs(Departure.NON_ASCII_NOT_SAFELISTED)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isLanguageByte(int c) {
    return (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || " *,-.;=".indexOf(c) >= 0;
  }

  private static boolean isSafelistedContentType(String value, Engine engine) {
    if (hasUnsafeByte(value, engine)) {
      return false;
    }
    MimeType type = MimeType.parse(value);
    if (type == null || !SAFELISTED_CONTENT_TYPES.contains(type.essence())) {
      return false;
    }
    return !engine.departs(Departure.CONTENT_TYPE_STRICT_PARAMETERS) || !hasOddParameters(value);
  }

  /** A comma, or an empty parameter after the first. */
  private static boolean hasOddParameters(String value) {
    String[] parts = value.split(";", -1);
    for (int i = 2; i < parts.length; i++) {
      if (parts[i].isBlank()) {
        return true;
      }
    }
    return value.indexOf(',') >= 0;
  }

  /** A range with a start: https://fetch.spec.whatwg.org/#simple-range-header-value. */
  private static boolean isSimpleRange(String value, Engine engine) {
    Pattern pattern = engine.departs(Departure.RANGE_UNIT_IGNORES_CASE) ? RANGE_OF_ANY_CASE : RANGE;
    Matcher range = pattern.matcher(value);
    if (!range.matches()) {
      return false;
    }
    BigInteger start = new BigInteger(range.group(1));
    BigInteger end = range.group(2).isEmpty() ? null : new BigInteger(range.group(2));
    return (end == null || start.compareTo(end) <= 0) && fits(start, engine) && fits(end, engine);
  }

  /** A range without leading zeros, if it is a simple one. */
  static String rewrittenRange(String value, Engine engine) {
    Matcher range = RANGE.matcher(value);
    if (!range.matches() || !isSafelisted("Range", value, engine)) {
      return value;
    }
    String end = range.group(2);
    return "bytes="
        + new BigInteger(range.group(1))
        + "-"
        + (end.isEmpty() ? "" : new BigInteger(end));
  }

  /** {@code netwerk/protocol/http/nsHttpHeaderArray.h}: which headers have one value at most. */
  static List<Header> lastOfSingletons(List<Header> headers) {
    List<Header> last = new ArrayList<>();
    for (Header header : headers) {
      if (SINGLETONS.contains(Ascii.lower(header.name()))) {
        last.removeIf(before -> before.name().equalsIgnoreCase(header.name()));
      }
      last.add(header);
    }
    return last;
  }

  /** Whether it makes a request conditional: RFC 9110, 13.1, and If-Range. */
  static boolean isConditional(String name) {
    return switch (Ascii.lower(name)) {
      case "if-none-match", "if-modified-since", "if-match", "if-range", "if-unmodified-since" ->
          true;
      default -> false;
    };
  }

  private static boolean fits(@Nullable BigInteger number, Engine engine) {
    int bits =
        engine.departs(Departure.RANGE_FITS_INT64)
            ? 63
            : engine.departs(Departure.RANGE_FITS_UINT64) ? 64 : Integer.MAX_VALUE;
    return number == null || number.bitLength() <= bits;
  }

  /** {@code services/network/public/cpp/cors/cors.cc}: by name and form of the value. */
  private static boolean isClientHint(String lower, String value) {
    return switch (lower) {
      case "dpr", "device-memory", "downlink" -> value.matches("\\d+(\\.\\d+)?");
      case "width", "viewport-width", "rtt" -> value.matches("\\d+");
      case "ect" -> Set.of("slow-2g", "2g", "3g", "4g").contains(value);
      case "intervention" -> true;
      case "save-data" -> Ascii.lower(value).equals("on");
      default -> false;
    };
  }
}
