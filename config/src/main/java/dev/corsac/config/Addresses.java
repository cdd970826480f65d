package dev.corsac.config;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads the addresses of the gateway, who may look at the admin address, and upstreams. */
final class Addresses {
  private static final Pattern HOST_PORT =
      Pattern.compile("(?:\\[([0-9A-Fa-f:.]+)\\]|([0-9A-Za-z._-]+)):([0-9]{1,5})");

  private static final Pattern PLAIN_PATH =
      Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[A-Za-z0-9._~!$&'()+,=:@-]+)*/?");

  private static final String TOKEN = "admin_token";

  /** What cannot be found by trying, if it is random: 128 bits in hexadecimal digits are 32. */
  private static final int SHORTEST_TOKEN = 20;

  private static final int LONGEST_TOKEN = 1024;

  private final ValueReader values;
  private final Findings findings;

  Addresses(ValueReader values, Findings findings) {
    this.values = values;
    this.findings = findings;
  }

  Optional<HostPort> listen(Yaml.Mapping mapping, String key) {
    ValueReader.Item item = values.text(mapping, key, "127.0.0.1:8000");
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
        Escaped.quote(text) + " is not an address to listen on.",
        "Write host:port, such as 127.0.0.1:"
            + meant
            + ", or 0.0.0.0:"
            + meant
            + " for every network.");
    return Optional.empty();
  }

  Optional<URI> upstream(Yaml.Mapping mapping) {
    ValueReader.Item item = values.text(mapping, "upstream", "http://127.0.0.1:9000");
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
        Escaped.quote(text) + problem,
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

  /** What is asked for at the admin address; null for nothing. */
  @Nullable String adminToken(Yaml.Mapping file, Optional<HostPort> admin) {
    Yaml.Entry entry = file.get(TOKEN);
    Yaml.Entry address = file.get("admin");
    if (entry == null) {
      if (address != null && admin.isPresent() && !isLoopback(admin.get().host())) {
        findings.add(
            address.value().place(),
            FileRule.ADMIN_TOKEN,
            admin.get()
                + " is not of the loopback network, and there is no admin_token: whoever"
                + " reaches it would see who asks for what.",
            "Add admin_token: ${ADMIN_TOKEN}, or listen on 127.0.0.1.");
      }
      return null;
    }
    ValueReader.Item item = values.text(file, TOKEN, "${ADMIN_TOKEN}");
    if (item == null) {
      return null;
    }
    String text = item.text();
    String problem = null;
    if (text.length() < SHORTEST_TOKEN || text.length() > LONGEST_TOKEN) {
      problem =
          "admin_token has "
              + text.length()
              + " characters; it has to have "
              + SHORTEST_TOKEN
              + " to "
              + LONGEST_TOKEN
              + ".";
    } else if (!text.matches("[A-Za-z0-9._~+/-]+=*")) {
      problem =
          "admin_token has a character that a bearer token cannot have (RFC 6750 section 2.1).";
    }
    if (problem != null) {
      // The value is a secret, and findings are printed.
      findings.add(
          item.place(),
          FileRule.ADMIN_TOKEN,
          problem,
          "Take a random one, such as openssl rand -hex 32 prints.");
      return null;
    }
    if (address == null) {
      findings.add(
          entry.key().place(),
          FileRule.ADMIN_TOKEN_UNUSED,
          "There is an admin_token and no admin address that would ask for it.",
          "Add admin: 127.0.0.1:8001, or remove the token.");
    }
    return text;
  }

  /** Names are not looked up: what they lead to may change. */
  private static boolean isLoopback(String host) {
    if (host.equals("localhost")) {
      return true;
    }
    if (!host.contains(":") && !host.matches("[0-9]+(\\.[0-9]+){3}")) {
      return false;
    }
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
