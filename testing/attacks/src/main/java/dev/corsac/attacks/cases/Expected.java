package dev.corsac.attacks.cases;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.corsac.attacks.http.Text;
import dev.corsac.attacks.lab.Seen;
import dev.corsac.attacks.lab.Upstream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
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

    private boolean isSeenAs(Forwarded seen, boolean withContent) {
      return method.equals(seen.method)
          && target.equals(seen.target)
          && (!withContent || body.equals(seen.body));
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
  List<String> compare(Upstream upstream, boolean refused, Map<String, String> names)
      throws IOException {
    // Of a real server it is not known whether it refused, or the proxy.
    List<Forwarded> right = refused && upstream.takesAll() ? List.of() : filled(names);
    List<Forwarded> seen =
        upstream.seen().stream()
            .map(Seen::request)
            .map(each -> new Forwarded(each.method(), each.target(), each.body()))
            .toList();
    boolean as =
        upstream.takesAll() ? seen.equals(right) : isNoMore(seen, right, upstream.tellsContent());
    return as
        ? List.of()
        : List.of(
            "the upstream saw " + Text.quote(seen + "") + " instead of " + Text.quote(right + ""));
  }

  private List<Forwarded> filled(Map<String, String> names) {
    return forwarded.stream()
        .map(
            each ->
                new Forwarded(
                    each.method(),
                    Template.fill(each.target(), names),
                    Template.fill(each.body(), names)))
        .toList();
  }

  /** A server that does not tell content may also have seen the start of what was broken off. */
  private boolean isNoMore(List<Forwarded> seen, List<Forwarded> right, boolean tellsContent) {
    List<Forwarded> left = new ArrayList<>(right);
    int started = tellsContent || (end == End.OPEN && !mayRefuse) ? 0 : 1;
    for (Forwarded each : seen) {
      Optional<Forwarded> same =
          left.stream().filter(one -> one.isSeenAs(each, tellsContent)).findFirst();
      same.ifPresent(left::remove);
      if (same.isEmpty() && --started < 0) {
        return false;
      }
    }
    return true;
  }
}
