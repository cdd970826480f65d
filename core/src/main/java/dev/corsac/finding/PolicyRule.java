package dev.corsac.finding;

import java.util.Locale;

/**
 * What a policy is checked against, and routes that have policies.
 *
 * @see dev.corsac.CorsPolicy.Builder#check
 */
public enum PolicyRule implements Rule {
  ORIGIN_SYNTAX(
      Severity.ERROR, "An origin is scheme://host, with :port if it is not the default one"),
  ORIGIN_PATH(
      Severity.ERROR, "An origin has no path, query or fragment, not even a trailing slash"),
  ORIGIN_USER_INFO(Severity.ERROR, "An origin has no user name or password"),
  ORIGIN_UNICODE(
      Severity.ERROR, "An origin's host is ASCII; international names are written in punycode"),
  ORIGIN_UPPER_CASE(Severity.ERROR, "An origin is lower case; browsers never send anything else"),
  ORIGIN_DEFAULT_PORT(
      Severity.ERROR, "An origin leaves out its scheme's default port, as browsers do"),
  ORIGIN_PORT(Severity.ERROR, "A port is 1 to 65535, without leading zeros"),
  ORIGIN_HOST(
      Severity.ERROR, "A host is a domain of letters, digits, hyphens and dots, or an IP address"),
  ORIGIN_IP_ADDRESS(Severity.ERROR, "IP addresses are written as browsers serialise them"),
  ORIGIN_WILDCARD(
      Severity.ERROR,
      "A wildcard is the whole first label (https://*.example.com) or the port (http://localhost:*)"),
  ORIGIN_SEVERAL(Severity.ERROR, "One entry is one origin"),
  NULL_ORIGIN(Severity.ERROR, "The origin null is shared by every sandboxed, data: and file: page"),
  ANY_ORIGIN_CREDENTIALS(Severity.ERROR, "Any origin cannot be allowed credentials"),
  INSECURE_ORIGIN_CREDENTIALS(Severity.ERROR, "An http: origin is not trusted with credentials"),
  PUBLIC_SUFFIX_CREDENTIALS(
      Severity.ERROR, "Subdomains of a public suffix are not trusted with credentials"),
  NO_ORIGIN_ALLOWED(Severity.WARNING, "No origin is allowed, so no other site can read anything"),
  ANY_ORIGIN(Severity.WARNING, "Any origin is for public data and development only"),
  INSECURE_ORIGIN(Severity.WARNING, "An http: page can be altered by anyone on the network"),
  BOTH_SCHEMES(
      Severity.WARNING, "Allowing the http: twin of an https: origin undoes what TLS protects"),
  PUBLIC_SUFFIX(Severity.WARNING, "Anyone can register a subdomain of a public suffix"),
  EVERY_SUBDOMAIN(
      Severity.WARNING, "Every subdomain is trusted with credentials, the forgotten ones too"),
  LOOPBACK_ORIGIN(Severity.WARNING, "A loopback origin is for development"),
  PRIVATE_ADDRESS(Severity.WARNING, "An IP address belongs to whoever has it now"),
  SHARED_SANDBOX(Severity.WARNING, "Anyone can publish pages at this origin"),
  APP_SCHEME(Severity.WARNING, "The origin is shared by every app made with the same framework"),
  EXTENSION_ID(
      Severity.WARNING, "Firefox and Safari give an extension another id in every installation"),
  TRAILING_DOT(Severity.WARNING, "A host with a dot at its end is another host than without"),
  ORIGIN_REDUNDANT(Severity.WARNING, "The entry allows nothing that another does not"),
  METHOD_SYNTAX(Severity.ERROR, "A method is a token (RFC 9110 section 5.6.2)"),
  METHOD_FORBIDDEN(Severity.ERROR, "Browsers never send CONNECT, TRACE or TRACK for a page"),
  METHOD_CASE(Severity.WARNING, "Methods are case-sensitive and by custom upper case"),
  ANY_METHOD_CREDENTIALS(Severity.WARNING, "With credentials, list the methods that are needed"),
  HEADER_SYNTAX(Severity.ERROR, "A header name is a token (RFC 9110 section 5.1)"),
  HEADER_FORBIDDEN(
      Severity.ERROR, "Pages cannot set this request header, so allowing it means nothing"),
  HEADER_MEANINGLESS(Severity.ERROR, "This is a response header; it has no place in a request"),
  HEADER_REDUNDANT(Severity.WARNING, "The entry allows nothing that another does not"),
  HEADER_UNDERSCORE(Severity.WARNING, "Many servers drop a header with an underscore in its name"),
  ANY_HEADER_CREDENTIALS(Severity.WARNING, "With credentials, list the headers that are needed"),
  EXPOSE_SYNTAX(Severity.ERROR, "A header name is a token (RFC 9110 section 5.1)"),
  EXPOSE_FORBIDDEN(
      Severity.ERROR, "No page can read this response header, so exposing it means nothing"),
  EXPOSE_REDUNDANT(Severity.WARNING, "Pages can read this response header anyway"),
  ANY_EXPOSE_CREDENTIALS(
      Severity.ERROR, "With credentials, browsers read * as a header of that name"),
  MAX_AGE_RANGE(Severity.ERROR, "max_age is 0 to 86400 seconds"),
  MAX_AGE_SHORT(Severity.WARNING, "A short max_age makes browsers ask again and again"),
  PREFLIGHT_STATUS_RANGE(Severity.ERROR, "A preflight succeeds with a status from 200 to 299 only"),
  HOST_SYNTAX(
      Severity.ERROR,
      "A host is a name, *.name or an address, with :port if only that port counts"),
  ENFORCE_ANY_ORIGIN(
      Severity.WARNING, "Under enforce, any origin acts without the user's credentials only"),
  TRUSTED_UNUSED(Severity.WARNING, "trusted_origins matters under enforce only"),
  RISK_UNUSED(Severity.WARNING, "A danger is accepted that the policy does not have"),
  ROUTE_PATH(
      Severity.ERROR,
      "A route's path is /-separated segments, * for one and a final ** for any number"),
  ROUTE_UNREACHABLE(Severity.WARNING, "An earlier route takes every request of this one");

  private final Severity severity;
  private final String summary;

  PolicyRule(Severity severity, String summary) {
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
