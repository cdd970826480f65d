package dev.corsac.config;

import dev.corsac.finding.Rule;
import dev.corsac.finding.Severity;
import java.util.Locale;

/**
 * What a file is checked against, beside the rules of its policies ({@link
 * dev.corsac.finding.PolicyRule}).
 *
 * @see ConfigLoader#rules
 */
public enum FileRule implements Rule {
  FILE_SYNTAX(Severity.ERROR, "The file is YAML 1.2"),
  UNKNOWN_KEY(Severity.ERROR, "Every key is known"),
  DUPLICATE_KEY(Severity.ERROR, "A key stands once"),
  WRONG_TYPE(Severity.ERROR, "Every value has the type its key wants"),
  MISSING_VALUE(Severity.ERROR, "What is needed is given"),
  MISSING_VARIABLE(Severity.ERROR, "Every ${NAME} is set or has a default"),
  REGEX_SYNTAX(Severity.ERROR, "allow_origin_regex is a regular expression as RE2 reads it"),
  REGEX_ANY(Severity.ERROR, "A regular expression does not let everyone in"),
  REGEX_DOT(
      Severity.ERROR,
      "A dot in a regular expression matches any character; a dot of a host is \\."),
  REGEX_NEVER(Severity.WARNING, "A regular expression can match an origin"),
  REGEX_INSECURE(Severity.WARNING, "A regular expression matches https: origins only"),
  REGEX_PATTERN(Severity.WARNING, "A pattern says the same, and cannot be wrong"),
  REGEX_ANCHOR(Severity.WARNING, "A regular expression is matched against the whole origin anyway"),
  UPSTREAM_URL(
      Severity.ERROR,
      "An upstream is http://host:port or https://host:port, with a path if need be"),
  LISTEN_ADDRESS(Severity.ERROR, "An address to listen on is host:port"),
  ADMIN_TOKEN(
      Severity.ERROR,
      "An admin address that others can reach asks for a token that nobody can guess"),
  ADMIN_TOKEN_UNUSED(Severity.WARNING, "An admin_token is asked for at an admin address"),
  ADDRESS_RANGE(
      Severity.ERROR,
      "A range of addresses is an IP address, or one with a prefix and no bits behind it"),
  ADDRESS_RANGE_ANY(Severity.WARNING, "A range of addresses leaves some out"),
  API_KEY(
      Severity.ERROR, "An API key is configured by its id and the SHA-256 that keys create prints"),
  JWKS_URL(Severity.ERROR, "The keys of an issuer come over https, or from this machine"),
  JWT_ALGORITHM(
      Severity.ERROR, "A token is signed with an algorithm that only its issuer can sign with"),
  ROUTE_HOST(Severity.ERROR, "A route's host is a name, or *. and a name for all hosts below it"),
  HOSTS_MISSING(
      Severity.WARNING,
      "A server on a private address that enforces knows the names that it answers to"),
  WIDE_CREDENTIALS(Severity.WARNING, "With credentials, few methods and headers are allowed"),
  EXPLAIN_PRODUCTION(
      Severity.WARNING, "explain tells every caller about the policy; it is for development"),
  UNKNOWN_PROFILE(Severity.ERROR, "The profile asked for is in the file");

  private final Severity severity;
  private final String summary;

  FileRule(Severity severity, String summary) {
    this.severity = severity;
    this.summary = summary;
  }

  @Override
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  @Override
  public Severity severity() {
    return severity;
  }

  @Override
  public String summary() {
    return summary;
  }
}
