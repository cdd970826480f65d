package dev.corsac;

import dev.corsac.text.Escaped;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Puts a decision into words for people who debug. */
final class DecisionText {
  private DecisionText() {}

  static String of(Ruling ruling, CorsRequest request) {
    CompiledPolicy policy = ruling.policy();
    String subject =
        switch (ruling.reason()) {
          case ORIGIN_ALLOWED,
              ORIGIN_NOT_ALLOWED,
              ORIGIN_MALFORMED,
              ORIGIN_TRUSTED,
              PREFLIGHT_ALLOWED,
              CREDENTIALS_NOT_ALLOWED,
              SAME_ORIGIN ->
              field("origin", request.header("Origin"));
          case ORIGIN_REPEATED -> "; lines=" + request.headers("Origin").size();
          case METHOD_NOT_ALLOWED ->
              field("method", request.header("Access-Control-Request-Method"));
          case HEADER_NOT_ALLOWED, REQUEST_HEADERS_MALFORMED ->
              policy == null ? "" : missingHeaders(policy, request);
          case CROSS_SITE_WITHOUT_ORIGIN -> field("site", request.header("Sec-Fetch-Site"));
          case PATH_AMBIGUOUS -> field("path", request.path());
          case HOST_NOT_ALLOWED -> field("host", request.authority());
          case NO_POLICY, NO_ORIGIN -> "";
        };
    Reason reported = ruling.reported();
    return ruling.reason().id()
        + subject
        + (reported == null ? "" : "; would-refuse=" + reported.id());
  }

  private static String missingHeaders(CompiledPolicy policy, CorsRequest request) {
    List<String> missing =
        RequestedHeaders.missing(
            request.headers("Access-Control-Request-Headers"), policy.allowedHeaders());
    return missing.isEmpty()
        ? field("headers", request.header("Access-Control-Request-Headers"))
        : missing.stream().map(name -> field("header", name)).collect(Collectors.joining());
  }

  private static String field(String name, @Nullable String value) {
    return value == null ? "" : "; " + name + "=" + Escaped.quote(value);
  }
}
