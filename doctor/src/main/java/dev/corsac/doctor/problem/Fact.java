package dev.corsac.doctor.problem;

import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What the case of a problem can name. A text names it in braces: {@code {url}}.
 *
 * <p>Immutable and thread-safe.
 */
public enum Fact {
  /** The URL that was requested, after redirects. */
  URL,
  /** The URL at which a chain of redirects began. */
  FIRST,
  /** The URL to which a redirect leads. */
  LOCATION,
  /** The path of the URL that the page asked for. */
  PATH,
  /** The host that a request went to. */
  HOST,
  /** The origin of the page; {@code null} is one. */
  ORIGIN,
  /** The method of the request. */
  METHOD,
  /** The mode of the request. */
  MODE,
  /** The header that was refused, or is not exposed; several have ", " between them. */
  HEADER,
  /** The same, where there are several and a sentence minds the number. */
  HEADERS,
  /** All header names of the page that need a permission, ", " between them; may be empty. */
  ASKED,
  /** The names of the response headers that the page reads, ", " between them. */
  EXPOSED,
  /** Present if the request goes with credentials. */
  CREDENTIALS,
  /** The value of the header that the problem is about; may be empty. */
  VALUE,
  /** The elements of the list header that lacks something. */
  LIST,
  /** The status of the response, or what stands in its place: {@code (null)}. */
  STATUS,
  /** The address space of a server that is not on the internet. */
  SPACE,
  /** The end of a browser's code for a failure, such as {@code AUTHORITY_INVALID}. */
  CODE,
  /** The beginning of a body. */
  BODY,
  /** What the transport reports about a failure. */
  FAILURE,
  /** The name of a JavaScript error. */
  ERROR,
  /** The rule that the call breaks. */
  RULE,
  /** The name of a cookie. */
  COOKIE,
  /** Why: the key of a reason that {@code problems.yaml} has for the problem. */
  REASON,
  /** In what {@link #VALUE} and {@link #ORIGIN} differ; follows from the two. */
  DIFFERENCE;

  /** How a text names a fact, or in the template of a message, anything. */
  public static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");

  private static final Map<String, Fact> BY_ID =
      Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Fact::id, Function.identity()));

  /** Its name in braces: {@code url}. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The fact of that {@link #id}. */
  public static Optional<Fact> of(String id) {
    return Optional.ofNullable(BY_ID.get(id));
  }
}
