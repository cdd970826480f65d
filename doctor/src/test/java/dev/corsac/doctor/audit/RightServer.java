package dev.corsac.doctor.audit;

import dev.corsac.browser.Headers;
import dev.corsac.browser.WireResponse;
import dev.corsac.doctor.audit.Fixture.Asked;
import dev.corsac.doctor.audit.Fixture.Behaviour;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** A server as it should be, but for the comparison of origins; and ways to plant a mistake. */
record RightServer(Predicate<String> allowed, boolean credentials) implements Behaviour {
  static final Predicate<String> ONLY_APP = Fixture.APP::equals;

  @Override
  public WireResponse answer(Asked asked) {
    return answer(asked, asked.origin());
  }

  WireResponse answer(Asked asked, @Nullable String origin) {
    Headers headers = Headers.of("Vary", "Origin");
    boolean isAllowed = origin != null && allowed.test(origin);
    if (isAllowed) {
      headers = headers.with("Access-Control-Allow-Origin", Objects.requireNonNull(origin));
      headers = credentials ? headers.with("Access-Control-Allow-Credentials", "true") : headers;
    }
    if (!asked.isPreflight()) {
      return WireResponse.of(asked.path().equals("/data") ? 200 : 404, headers);
    }
    return isAllowed
        ? WireResponse.of(
            204,
            headers
                .with("Access-Control-Allow-Methods", "GET, PUT")
                .with("Access-Control-Allow-Headers", "content-type")
                .with("Access-Control-Max-Age", "600"))
        : WireResponse.of(403, headers);
  }

  static RightServer credentialed(Predicate<String> allowed) {
    return new RightServer(allowed, true);
  }

  /** The right origin, and those that match. */
  static Predicate<String> pattern(String regex) {
    return origin -> ONLY_APP.test(origin) || origin.matches(regex);
  }

  /** The right server, each answer of which is changed. */
  static Behaviour but(UnaryOperator<WireResponse> change) {
    return asked -> change.apply(credentialed(ONLY_APP).answer(asked));
  }

  static Behaviour butWith(String name, String value) {
    return but(answer -> with(answer, name, value));
  }

  /** The change is made to answers that allow something. */
  static Behaviour butAllowed(UnaryOperator<WireResponse> change) {
    return but(
        answer -> has(answer, "Access-Control-Allow-Origin") ? change.apply(answer) : answer);
  }

  /** The change is made to preflights that allow something. */
  static Behaviour butPreflight(UnaryOperator<WireResponse> change) {
    return but(
        answer -> has(answer, "Access-Control-Allow-Methods") ? change.apply(answer) : answer);
  }

  /** Answers preflights with what they ask. */
  static Behaviour echo(String asked, String allowed, boolean credentials) {
    return request -> {
      WireResponse answer = new RightServer(ONLY_APP, credentials).answer(request);
      String value = request.header(asked);
      return request.isPreflight() && value != null ? with(answer, allowed, value) : answer;
    };
  }

  /** The same headers, whatever is asked. */
  static Behaviour always(String... headers) {
    return asked -> WireResponse.of(asked.path().equals("/data") ? 200 : 404, headers);
  }

  static boolean has(WireResponse answer, String name) {
    return answer.headers().contains(name);
  }

  static WireResponse with(WireResponse answer, String name, String value) {
    return WireResponse.of(answer.status(), answer.headers().without(name).with(name, value));
  }

  static WireResponse without(WireResponse answer, String name) {
    return WireResponse.of(answer.status(), answer.headers().without(name));
  }
}
