package dev.corsac.doctor;

import dev.corsac.browser.Block;
import dev.corsac.browser.Exchange;
import dev.corsac.browser.Outcome;
import dev.corsac.browser.WireResponse;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The problem in this case, in a sentence with the values that were seen. */
final class Wording {
  private Wording() {}

  static String of(Problem problem, Outcome.Blocked blocked) {
    Block block = blocked.block();
    String value = block.parameter();
    return switch (problem) {
      case ALLOW_ORIGIN_MISMATCH, PREFLIGHT_ALLOW_ORIGIN_MISMATCH ->
          "Access-Control-Allow-Origin is "
              + value
              + ", but the page's origin is "
              + block.origin()
              + difference(value, block.origin())
              + ".";
      case ALLOW_ORIGIN_INVALID,
          ALLOW_ORIGIN_LIST,
          ALLOW_ORIGIN_TWICE,
          PREFLIGHT_ALLOW_ORIGIN_INVALID,
          PREFLIGHT_ALLOW_ORIGIN_LIST,
          PREFLIGHT_ALLOW_ORIGIN_TWICE ->
          problem.title() + ": " + (value.isEmpty() ? "it is empty" : value) + ".";
      case ALLOW_CREDENTIALS_NOT_TRUE, PREFLIGHT_ALLOW_CREDENTIALS_NOT_TRUE ->
          "The request goes with credentials, and Access-Control-Allow-Credentials is "
              + (value.isEmpty() ? "missing" : "'" + value + "' instead of true")
              + ".";
      case ERROR_WITHOUT_HEADERS ->
          "The server answered with status "
              + block.status()
              + ", and this error has no CORS headers.";
      case REDIRECT_TO_LOGIN, REDIRECT_WITHOUT_HEADERS -> redirect(problem, blocked);
      case PREFLIGHT_UNAUTHORIZED,
          PREFLIGHT_FORBIDDEN,
          PREFLIGHT_NOT_HANDLED,
          PREFLIGHT_SERVER_ERROR,
          PREFLIGHT_STATUS ->
          problem.title() + ": OPTIONS was answered with status " + block.status() + ".";
      case PREFLIGHT_REDIRECT,
          PREFLIGHT_REDIRECT_HTTPS,
          PREFLIGHT_REDIRECT_SLASH,
          PREFLIGHT_REDIRECT_LOGIN ->
          problem.title() + ": to " + lastHeader(blocked, "Location") + ".";
      case METHOD_NOT_ALLOWED, METHOD_CASE, METHOD_STAR_CREDENTIALS ->
          lacks(blocked, Refinement.ALLOW_METHODS, value);
      case HEADER_NOT_ALLOWED, HEADER_STAR_CREDENTIALS, AUTHORIZATION_UNDER_STAR ->
          lacks(
              blocked,
              Refinement.ALLOW_HEADERS,
              block.refusedHeaders().isEmpty()
                  ? value
                  : String.join(" and ", block.refusedHeaders()));
      case PREFLIGHT_ALLOW_METHODS_INVALID, PREFLIGHT_ALLOW_HEADERS_INVALID ->
          problem.title() + ": '" + value + "' is no name.";
      case CONNECTION_REFUSED,
          NAME_NOT_RESOLVED,
          UNREACHABLE,
          TIMEOUT,
          CERTIFICATE,
          CLIENT_CERTIFICATE,
          TLS,
          CONNECTION_CLOSED,
          MALFORMED_RESPONSE ->
          problem.title() + ": " + failure(blocked) + ".";
      case REFUSED_BY_BROWSER -> problem.title() + ": " + value + ".";
      default -> problem.title() + ".";
    };
  }

  /** How a value differs from the origin it should be; empty if in more than one way. */
  static String difference(String value, String origin) {
    if (origin.equals("null")) {
      return ": a sandboxed frame, a file or a redirect hides it";
    }
    if (value.equals(origin + "/")) {
      return ": a slash too many";
    }
    if (value.equalsIgnoreCase(origin)) {
      return ": upper and lower case differ";
    }
    if (value.contains("*")) {
      return ": browsers know no patterns, only * alone";
    }
    String rest = value.replaceFirst("^[a-z]+:", "");
    if (rest.equals(origin.replaceFirst("^[a-z]+:", ""))) {
      return ": the schemes differ";
    }
    if (value.replaceFirst(":\\d+$", "").equals(origin.replaceFirst(":\\d+$", ""))) {
      return ": the ports differ";
    }
    if (value.replace("//www.", "//").equals(origin.replace("//www.", "//"))) {
      return ": with and without www. are two origins";
    }
    return "";
  }

  private static String lacks(Outcome.Blocked blocked, String header, String missing) {
    WireResponse answer = last(blocked).response();
    List<String> listed = answer == null ? List.of() : Refinement.list(answer, header).toList();
    return listed.isEmpty()
        ? header + " is missing or empty, and should list " + missing + "."
        : header
            + " is "
            + listed.stream().limit(12).collect(Collectors.joining(", "))
            + (listed.size() > 12 ? ", …" : "")
            + ", which does not allow "
            + missing
            + (listed.contains("*") && !missing.equalsIgnoreCase("Authorization")
                ? " to a request with credentials."
                : ".");
  }

  private static String redirect(Problem problem, Outcome.Blocked blocked) {
    String location = lastHeader(blocked, "Location");
    return location.isEmpty()
        ? problem.title() + ": " + blocked.block().url() + "."
        : problem.title() + ": status " + blocked.block().status() + ", to " + location + ".";
  }

  private static String failure(Outcome.Blocked blocked) {
    return Objects.requireNonNullElse(last(blocked).failure(), "no answer");
  }

  private static String lastHeader(Outcome.Blocked blocked, String name) {
    WireResponse answer = last(blocked).response();
    return answer == null ? "" : Objects.requireNonNullElse(answer.headers().get(name), "");
  }

  private static Exchange last(Outcome.Blocked blocked) {
    return blocked.transcript().get(blocked.transcript().size() - 1);
  }
}
