package dev.corsac.doctor;

import dev.corsac.browser.Exchange;
import dev.corsac.browser.Headers;
import dev.corsac.browser.Page;
import dev.corsac.browser.Transport;
import dev.corsac.browser.WireRequest;
import dev.corsac.browser.WireResponse;
import dev.corsac.doctor.problem.Stack;
import dev.corsac.doctor.problem.StackGuess;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whether Corsac's gateway decides. What it passes on bears the marks of the server behind it; its
 * response to a preflight is its own, and a preflight changes nothing.
 */
final class GatewayProbe {
  static final String STRANGER = "https://corsac-probe.example";

  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

  private GatewayProbe() {}

  /**
   * One more exchange in which Corsac's gateway itself responds; null if another server decides, or
   * the exchanges themselves show the gateway.
   *
   * @param exchanges what was sent; the last one is that in which the page was refused
   */
  static @Nullable Exchange of(Page page, List<Exchange> exchanges, Transport transport) {
    if (exchanges.isEmpty() || exchanges.stream().anyMatch(GatewayProbe::saysItsName)) {
      return null;
    }
    Exchange last = exchanges.get(exchanges.size() - 1);
    WireRequest refused = last.request();
    boolean originPassed =
        last.response() != null && last.response().headers().contains(ALLOW_ORIGIN);
    if (refused.isPreflight() && !originPassed) {
      return null;
    }
    String own = Objects.requireNonNullElse(refused.header("Origin"), page.origin());
    String origin = originPassed ? STRANGER : own;
    Headers headers =
        Headers.of().with("Origin", origin).with("Access-Control-Request-Method", "GET");
    Exchange probe = Exchange.of(transport, WireRequest.of("OPTIONS", refused.url(), headers));
    return isCorsac(probe) ? probe : null;
  }

  private static boolean saysItsName(Exchange exchange) {
    WireResponse response = exchange.response();
    return response != null
        && (response.headers().contains("Corsac-Decision")
            || new String(response.body(), StandardCharsets.UTF_8).startsWith("Corsac gateway: "));
  }

  private static boolean isCorsac(Exchange exchange) {
    return exchange.response() != null
        && StackGuess.of(List.of(exchange.response()))
            .filter(guess -> guess.stack() == Stack.CORSAC)
            .isPresent();
  }
}
