package dev.corsac.browser;

import dev.corsac.browser.url.Ascii;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The grammar that the standard takes from HTTP: tokens, header values, lists of them, and what it
 * says about methods and statuses.
 */
final class HttpGrammar {
  private static final String TOKEN_MARKS = "!#$%&'*+-.^_`|~";

  private HttpGrammar() {}

  /** RFC 9110 token: a method or a header name. */
  static boolean isToken(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean alphanumeric =
          (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (!alphanumeric && TOKEN_MARKS.indexOf(c) < 0) {
        return false;
      }
    }
    return !text.isEmpty();
  }

  /** https://fetch.spec.whatwg.org/#header-value, for a normalised value. */
  static boolean isHeaderValue(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == 0 || c == '\n' || c == '\r' || c > 0xff) {
        return false;
      }
    }
    return true;
  }

  /** https://fetch.spec.whatwg.org/#concept-header-value-normalize. */
  static String normalize(String value) {
    return Ascii.strip(value, "\t\n\r ");
  }

  static boolean isOk(int status) {
    return status >= 200 && status <= 299;
  }

  /** https://fetch.spec.whatwg.org/#redirect-status. */
  static boolean isRedirect(int status) {
    return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
  }

  /** https://fetch.spec.whatwg.org/#null-body-status. */
  static boolean isNullBodyStatus(int status) {
    return status == 101 || status == 103 || status == 204 || status == 205 || status == 304;
  }

  /** https://fetch.spec.whatwg.org/#cors-safelisted-method. */
  static boolean isSafelistedMethod(String method) {
    return method.equals("GET") || method.equals("HEAD") || method.equals("POST");
  }

  /** https://fetch.spec.whatwg.org/#forbidden-method. */
  static boolean isForbiddenMethod(String method) {
    return Set.of("CONNECT", "TRACE", "TRACK").contains(Ascii.upper(method));
  }

  /** https://fetch.spec.whatwg.org/#concept-method-normalize. */
  static String normalizeMethod(String method) {
    String upper = Ascii.upper(method);
    return Set.of("DELETE", "GET", "HEAD", "OPTIONS", "POST", "PUT").contains(upper)
        ? upper
        : method;
  }

  static boolean containsIgnoringCase(List<String> names, String name) {
    return names.stream().anyMatch(item -> Ascii.lower(item).equals(Ascii.lower(name)));
  }

  /**
   * The tokens of a list header: https://fetch.spec.whatwg.org/#extract-header-list-values. Empty
   * elements are allowed (RFC 9110, 5.6.1).
   */
  static TokenList tokens(Headers headers, String name) {
    if (!headers.contains(name)) {
      return TokenList.ABSENT;
    }
    List<String> tokens = new ArrayList<>();
    String invalid = null;
    for (String element : headers.list(name)) {
      if (isToken(element)) {
        tokens.add(element);
      } else if (invalid == null) {
        invalid = element;
      }
    }
    return new TokenList(true, List.copyOf(tokens), invalid);
  }

  /**
   * What a list header holds.
   *
   * @param present whether there is such a header (the standard's null otherwise)
   * @param tokens the valid elements
   * @param invalid the first element that is not a token (the standard's failure), or null
   */
  record TokenList(boolean present, List<String> tokens, @Nullable String invalid) {
    static final TokenList ABSENT = new TokenList(false, List.of(), null);

    boolean isFailure() {
      return invalid != null;
    }
  }
}
