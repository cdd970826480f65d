package dev.corsac.config.diff;

import dev.corsac.Decision;
import dev.corsac.Reason;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a decision means to a browser, whatever the order of its lists.
 *
 * @param reason why it was decided so
 * @param status of a response without the application; empty if the application runs
 * @param readable whether the page may read the response
 * @param credentials whether it may with the user's credentials
 * @param methods those that a preflight allows
 * @param headers the request headers that a preflight allows, in lower case
 * @param exposed the response headers that the page may read besides those that all may, in lower
 *     case
 * @param maxAge the seconds for which a preflight counts
 * @param explained whether the response says why
 * @param reported what it would have been refused for
 */
public record Effect(
    Reason reason,
    OptionalInt status,
    boolean readable,
    boolean credentials,
    Set<String> methods,
    Set<String> headers,
    Set<String> exposed,
    String maxAge,
    boolean explained,
    Optional<Reason> reported) {

  /** Fetch section 2.2.2, CORS-safelisted response-header name. */
  private static final Set<String> ALWAYS_EXPOSED =
      Set.of(
          "cache-control",
          "content-language",
          "content-length",
          "content-type",
          "expires",
          "last-modified",
          "pragma");

  static Effect of(Decision decision) {
    Map<String, String> fields = decision.headers();
    Set<String> exposed = names(fields.get("Access-Control-Expose-Headers"), true);
    exposed.removeAll(ALWAYS_EXPOSED);
    return new Effect(
        decision.reason(),
        decision instanceof Decision.Answer answer
            ? OptionalInt.of(answer.status())
            : OptionalInt.empty(),
        fields.containsKey("Access-Control-Allow-Origin"),
        fields.containsKey("Access-Control-Allow-Credentials"),
        names(fields.get("Access-Control-Allow-Methods"), false),
        names(fields.get("Access-Control-Allow-Headers"), true),
        exposed,
        fields.getOrDefault("Access-Control-Max-Age", ""),
        fields.containsKey("Corsac-Decision"),
        decision.reported());
  }

  private static Set<String> names(@Nullable String list, boolean lower) {
    return list == null
        ? new TreeSet<>()
        : Arrays.stream(list.split(",", -1))
            .map(String::strip)
            .map(name -> lower ? name.toLowerCase(Locale.ROOT) : name)
            .collect(Collectors.toCollection(TreeSet::new));
  }

  /** Whether the application sees the request. */
  boolean runs() {
    return status.isEmpty();
  }

  /** In a few words, such as {@code 403 origin-not-allowed}. */
  public String words() {
    StringBuilder words = new StringBuilder();
    status.ifPresent(code -> words.append(code).append(' '));
    words.append(reason.id());
    if (credentials) {
      words.append(", with credentials");
    }
    reported.ifPresent(refusal -> words.append(", would refuse: ").append(refusal.id()));
    return words.toString();
  }
}
