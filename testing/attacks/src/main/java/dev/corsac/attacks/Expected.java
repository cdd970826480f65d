package dev.corsac.attacks;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.Locale;
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
}
