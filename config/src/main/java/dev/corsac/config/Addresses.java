package dev.corsac.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the addresses of the gateway and of its upstreams. */
final class Addresses {
  private static final Pattern HOST_PORT =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)\\]|([0-9A-Za-z._-]+)):([0-9]{1,5})");

  private static final Pattern PLAIN_PATH =
      Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~!$&'()+,=:@-]+)*/?");

  private final Values values;
  private final Findings findings;

  Addresses(Values values, Findings findings) {
    this.values = values;
    this.findings = findings;
  }

  Optional<HostPort> listen(Yaml.Mapping mapping, String key) {
    Values.Item item = values.text(mapping, key, "127.0.0.1:8000");
    if (item == null) {
      return Optional.empty();
    }
    String text = item.text();
    Matcher matcher = HOST_PORT.matcher(text);
    if (matcher.matches() && Integer.parseInt(matcher.group(3)) <= 65535) {
      String host = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
      return Optional.of(new HostPort(host, Integer.parseInt(matcher.group(3))));
    }
    String port = text.replaceFirst(".*?([0-9]{1,5})/?$", "$1");
    boolean guess = port.matches("[0-9]{1,5}") && Integer.parseInt(port) <= 65535;
    String meant = guess && text.matches("(.*://.*|:?[0-9]+|[*]:[0-9]+)") ? port : "8000";
    findings.add(
        item.place(),
        FileRule.LISTEN_ADDRESS,
        Text.quote(text) + " is not an address to listen on.",
        "Write host:port, such as 127.0.0.1:"
            + meant
            + ", or 0.0.0.0:"
            + meant
            + " for every network.");
    return Optional.empty();
  }

  Optional<URI> upstream(Yaml.Mapping mapping) {
    Values.Item item = values.text(mapping, "upstream", "http://127.0.0.1:9000");
    if (item == null) {
      return Optional.empty();
    }
    String text = item.text();
    URI uri = parse(text);
    String problem = uri == null ? " is not a URL." : problem(uri);
    if (problem == null) {
      return Optional.ofNullable(uri);
    }
    boolean address = HOST_PORT.matcher(text).matches();
    findings.add(
        item.place(),
        FileRule.UPSTREAM_URL,
        Text.quote(text) + problem,
        address
            ? "Write http://" + text + "."
            : "Write http://host:port or https://host:port, such as http://127.0.0.1:9000.");
    return Optional.empty();
  }

  private static @Nullable URI parse(String text) {
    try {
      return new URI(text);
    } catch (URISyntaxException e) {
      return null;
    }
  }

  private static @Nullable String problem(URI uri) {
    String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
    if (!scheme.equals("http") && !scheme.equals("https")) {
      return " does not start with http:// or https://.";
    }
    if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
      return " has a user, a query or a fragment, which an upstream has not.";
    }
    if (uri.getHost() == null) {
      String authority = uri.getRawAuthority() == null ? "" : uri.getRawAuthority();
      return authority.indexOf('_') >= 0
          ? " has a host with an underscore, which no host name has; give it another name."
          : " has no host.";
    }
    if (uri.getPort() > 65535 || uri.getPort() == 0) {
      return " has a port out of range.";
    }
    // Whether a request's path leads out of it must be plain to see.
    return PLAIN_PATH.matcher(uri.getRawPath()).matches()
        ? null
        : " has a path with an escape, a parameter, a *, an empty or a dot segment.";
  }
}
