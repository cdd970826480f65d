package dev.corsac.doctor.explain;

import dev.corsac.doctor.problem.Problem;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/** Which problems a {@code Network.CorsError} of Chromium can be. */
final class CorsErrors {
  private static final Map<String, Set<Problem>> PROBLEMS =
      Map.ofEntries(
          Map.entry(
              "MissingAllowOriginHeader",
              EnumSet.of(
                  Problem.ALLOW_ORIGIN_MISSING,
                  Problem.ERROR_WITHOUT_HEADERS,
                  Problem.REDIRECT_NULL_ORIGIN,
                  Problem.REDIRECT_WITHOUT_HEADERS)),
          Map.entry(
              "MultipleAllowOriginValues",
              EnumSet.of(Problem.ALLOW_ORIGIN_LIST, Problem.ALLOW_ORIGIN_TWICE)),
          Map.entry("InvalidAllowOriginValue", EnumSet.of(Problem.ALLOW_ORIGIN_INVALID)),
          Map.entry(
              "AllowOriginMismatch",
              EnumSet.of(Problem.ALLOW_ORIGIN_MISMATCH, Problem.REDIRECT_NULL_ORIGIN)),
          Map.entry("WildcardOriginNotAllowed", EnumSet.of(Problem.ALLOW_ORIGIN_WILDCARD)),
          Map.entry("InvalidAllowCredentials", EnumSet.of(Problem.ALLOW_CREDENTIALS_NOT_TRUE)),
          Map.entry(
              "PreflightMissingAllowOriginHeader",
              EnumSet.of(Problem.PREFLIGHT_ALLOW_ORIGIN_MISSING)),
          Map.entry(
              "PreflightMultipleAllowOriginValues",
              EnumSet.of(
                  Problem.PREFLIGHT_ALLOW_ORIGIN_LIST, Problem.PREFLIGHT_ALLOW_ORIGIN_TWICE)),
          Map.entry(
              "PreflightInvalidAllowOriginValue",
              EnumSet.of(Problem.PREFLIGHT_ALLOW_ORIGIN_INVALID)),
          Map.entry(
              "PreflightAllowOriginMismatch",
              EnumSet.of(Problem.PREFLIGHT_ALLOW_ORIGIN_MISMATCH, Problem.REDIRECT_NULL_ORIGIN)),
          Map.entry(
              "PreflightWildcardOriginNotAllowed",
              EnumSet.of(Problem.PREFLIGHT_ALLOW_ORIGIN_WILDCARD)),
          Map.entry(
              "PreflightInvalidAllowCredentials",
              EnumSet.of(Problem.PREFLIGHT_ALLOW_CREDENTIALS_NOT_TRUE)),
          Map.entry("PreflightInvalidStatus", EnumSet.of(Problem.PREFLIGHT_STATUS)),
          Map.entry("PreflightDisallowedRedirect", EnumSet.of(Problem.PREFLIGHT_REDIRECT)),
          Map.entry(
              "InvalidAllowMethodsPreflightResponse",
              EnumSet.of(Problem.PREFLIGHT_ALLOW_METHODS_INVALID)),
          Map.entry(
              "InvalidAllowHeadersPreflightResponse",
              EnumSet.of(Problem.PREFLIGHT_ALLOW_HEADERS_INVALID)),
          Map.entry(
              "MethodDisallowedByPreflightResponse",
              EnumSet.of(Problem.METHOD_NOT_ALLOWED, Problem.METHOD_CASE)),
          Map.entry(
              "HeaderDisallowedByPreflightResponse",
              EnumSet.of(Problem.HEADER_NOT_ALLOWED, Problem.RESPONSE_HEADER_SENT)),
          Map.entry("RedirectContainsCredentials", EnumSet.of(Problem.REDIRECT_CREDENTIALS)),
          Map.entry("DisallowedByMode", EnumSet.of(Problem.SAME_ORIGIN_MODE)),
          Map.entry("NoCorsRedirectModeNotFollow", EnumSet.of(Problem.NO_CORS_REDIRECT_MODE)),
          Map.entry("CorsDisabledScheme", EnumSet.of(Problem.SCHEME_NOT_SUPPORTED)),
          Map.entry("InsecureLocalNetwork", EnumSet.of(Problem.LOCAL_NETWORK_ACCESS)),
          Map.entry("InvalidLocalNetworkAccess", EnumSet.of(Problem.LOCAL_NETWORK_ACCESS)),
          Map.entry(
              "LocalNetworkAccessPermissionDenied", EnumSet.of(Problem.LOCAL_NETWORK_ACCESS)));

  private CorsErrors() {}

  static Set<Problem> problems(String corsError) {
    Set<Problem> problems = PROBLEMS.get(corsError);
    if (problems == null) {
      throw new IllegalArgumentException("'" + corsError + "' is no CorsError known here.");
    }
    return problems;
  }
}
