package dev.corsac.attacks.cases;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.corsac.attacks.http.Text;
import dev.corsac.attacks.lab.Seen;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What must become of what a client sends.
 *
 * @param forwarded the requests that reach the upstream, in order, and no other
 * @param own the statuses of the responses that the gateway gives by itself
 * @param end what becomes of the rest
 * @param mayRefuse whether all of it may as well be refused: the standard leaves the choice
 */
record Expected(List<Forwarded> forwarded, List<Integer> own, End end, boolean mayRefuse) {

  /** What comes after the requests that are whole. */
  enum End {
    /** Nothing, and the connection can be used on. */
    OPEN,
    /** 4xx, 501 or 505 and the end of the connection; over HTTP/2 also of the stream alone. */
    REFUSED,
    /** Over HTTP/2: the end of the connection, whatever else is on it. */
    CONNECTION_REFUSED,
    /** The start of a request. The client leaves. */
    INCOMPLETE
  }

  /** A request as the upstream gets it. */
  record Forwarded(String method, String target, String body) {

    @JsonCreator
    Forwarded(
        @JsonProperty("method") @Nullable String method,
        @JsonProperty("target") @Nullable String target,
        @JsonProperty("body") @Nullable String body) {
      this.method = method == null ? "GET" : method;
      this.target = target == null ? "${path}" : target;
      this.body = body == null ? "" : body;
    }
  }

  @JsonCreator
  static Expected of(
      @JsonProperty("forwarded") @Nullable List<Forwarded> forwarded,
      @JsonProperty("own") @Nullable List<Integer> own,
      @JsonProperty("end") @Nullable String end,
      @JsonProperty("may_refuse") boolean mayRefuse) {
    return new Expected(
        forwarded == null ? List.of() : List.copyOf(forwarded),
        own == null ? List.of() : List.copyOf(own),
        end == null ? End.OPEN : End.valueOf(end.toUpperCase(Locale.ROOT)),
        mayRefuse);
  }

  /** The short form, for a case of which only the end matters: {@code "refused"}. */
  @JsonCreator
  static Expected of(String end) {
    return of(null, null, end, false);
  }

  /**
   * Compares what the upstream saw with what it was to see.
   *
   * @param refused whether all was refused, so that it was to see nothing
   */
  List<String> compare(List<Seen> requests, boolean refused, Map<String, String> names) {
    List<Forwarded> right =
        refused
            ? List.of()
            : forwarded.stream()
                .map(
                    each ->
                        new Forwarded(
                            each.method(),
                            Template.fill(each.target(), names),
                            Template.fill(each.body(), names)))
                .toList();
    List<Forwarded> seen =
        requests.stream()
            .map(Seen::request)
            .map(each -> new Forwarded(each.method(), each.target(), each.body()))
            .toList();
    return seen.equals(right)
        ? List.of()
        : List.of(
            "the upstream saw " + Text.quote(seen + "") + " instead of " + Text.quote(right + ""));
  }
}
