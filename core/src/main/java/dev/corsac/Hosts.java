package dev.corsac;

import dev.corsac.finding.Finding;
import dev.corsac.finding.PolicyRule;
import dev.corsac.finding.SettingPath;
import dev.corsac.finding.Severity;
import dev.corsac.origin.IpAddress;
import dev.corsac.origin.OriginSyntax;
import dev.corsac.text.Escaped;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The names that a server answers to: a request by any other name gets 421 (RFC 9110 section
 * 15.5.20) before anything else.
 *
 * <p>It closes DNS rebinding: a page of {@code evil.example} whose name an attacker points at
 * {@code 127.0.0.1} is the server's own origin to the browser, and only the name tells.
 *
 * <pre>
 * permitted    api.example.com        that host, on any port
 *              api.example.com:8443   that host on that port
 *              *.example.com          one or more labels before it, not example.com itself
 *              localhost   127.0.0.1   [::1]
 * prohibited   https://api.example.com   api.example.com/   API.example.com   ::1   *   api.*.com   example.com:0
 * </pre>
 *
 * <p>The port 80 or 443 also stands for a request that names no port. A dot at the end of a
 * request's host is the same host. A request without a host, or with several {@code Host} lines,
 * has none of the names.
 *
 * <pre>{@code
 * Cors cors = Hosts.of("api.example.com", "localhost").guard(routes);
 * }</pre>
 *
 * <p>Immutable and thread-safe.
 */
public final class Hosts {
  private static final int MAX_PORT_LENGTH = 6;
  private static final int MAX_LENGTH = 254 + MAX_PORT_LENGTH;
  private static final String KEY = "hosts";
  private static final SettingPath PATH = SettingPath.of(KEY);

  /** A block of addresses in the notation of RFC 4632 section 3.1 or RFC 4291 section 2.3. */
  private static final Pattern NETWORK =
      Pattern.compile(
          "[0-9.]{1,15}/[0-9]{1,2}|(?i:[0-9a-f.]{0,15}:){2,8}[0-9a-f.]{0,15}/[0-9]{1,3}");

  private final List<String> names;

  /** Of the names without a port. */
  private final Set<String> hosts = new HashSet<>();

  private final List<String> domains = new ArrayList<>();

  /** Of the names with one. */
  private final Set<String> authorities = new HashSet<>();

  private final List<String> domainsWithPort = new ArrayList<>();

  Hosts(Collection<String> names) {
    this.names = List.copyOf(names);
    for (String name : names) {
      boolean pattern = name.startsWith("*");
      String text = pattern ? name.substring(1) : name;
      int hostEnd = OriginSyntax.hostEnd(text, 0);
      if (hostEnd == text.length()) {
        (pattern ? domains : hosts).add(text);
      } else {
        Collection<String> withPort = pattern ? domainsWithPort : authorities;
        withPort.add(text);
        if (text.endsWith(":80") || text.endsWith(":443")) {
          withPort.add(text.substring(0, hostEnd));
        }
      }
    }
  }

  /** See {@link #of(Collection)}. */
  public static Hosts of(String... names) {
    return of(Arrays.asList(names));
  }

  /**
   * Makes a set of names, at least one.
   *
   * @throws InvalidPolicyException with every name that is not written as it must be
   */
  public static Hosts of(Collection<String> names) {
    List<Finding> errors =
        findings(names).stream().filter(each -> each.severity() == Severity.ERROR).toList();
    if (!errors.isEmpty()) {
      throw new InvalidPolicyException(errors);
    }
    return new Hosts(names);
  }

  /** What is wrong or unwise about names, in their order. */
  public static List<Finding> findings(Collection<String> names) {
    List<Finding> findings = new ArrayList<>();
    int i = 0;
    for (String name : names) {
      Finding finding = finding(name, PATH.index(i++));
      if (finding != null) {
        findings.add(finding);
      }
    }
    if (names.isEmpty()) {
      findings.add(
          Finding.of(
              PolicyRule.HOST_SYNTAX,
              PATH,
              "There is no name, so nothing would be answered.",
              "List the names of this server, such as \"api.example.com\"."));
    }
    return List.copyOf(findings);
  }

  /** The names as they were written. */
  public List<String> names() {
    return names;
  }

  /**
   * Whether an authority, {@code host} or {@code host:port} as a client sends it, is one of these.
   */
  public boolean contains(@Nullable String authority) {
    if (authority == null || authority.length() > MAX_LENGTH || authority.isEmpty()) {
      return false;
    }
    if (hosts.contains(authority)) {
      return true;
    }
    int end = OriginSyntax.hostEnd(authority, 0);
    String port = authority.substring(end);
    if (!isPort(port)) {
      return false;
    }
    String host = authority.substring(0, end).toLowerCase(Locale.ROOT);
    if (host.length() > 1 && host.endsWith(".")) {
      host = host.substring(0, host.length() - 1);
    }
    String full = port.equals(":") ? host : host + port;
    return hosts.contains(host)
        || authorities.contains(full)
        || isBelow(host, domains)
        || isBelow(full, domainsWithPort);
  }

  private static boolean isBelow(String name, List<String> domains) {
    for (int i = 0; i < domains.size(); i++) {
      if (name.endsWith(domains.get(i))
          && isLabels(name.substring(0, name.length() - domains.get(i).length()))) {
        return true;
      }
    }
    return false;
  }

  /** Whether a text is one or more labels, so that nothing but a name matches. */
  private static boolean isLabels(String text) {
    return !text.isEmpty() && OriginSyntax.check("http://" + text + ".x", false) == null;
  }

  boolean name(CorsRequest request) {
    return contains(request.authority()) && request.headers("Host").size() <= 1;
  }

  /** The same decisions for requests by one of these names; any other is answered with 421. */
  public Cors guard(Cors cors) {
    Objects.requireNonNull(cors, "cors");
    return new Cors() {
      @Override
      public Decision decide(CorsRequest request) {
        return name(request) ? cors.decide(request) : Ruling.HOST_NOT_ALLOWED.on(null);
      }

      @Override
      public String toString() {
        return Hosts.this + "\n" + cors;
      }
    };
  }

  /** The names in the form of {@code corsac.yaml}. */
  @Override
  public String toString() {
    return PolicySettings.yamlList(KEY, names);
  }

  private static boolean isPort(String port) {
    if (port.isEmpty() || port.equals(":")) {
      return true;
    }
    if (port.length() > MAX_PORT_LENGTH || port.charAt(0) != ':') {
      return false;
    }
    for (int i = 1; i < port.length(); i++) {
      if (!OriginSyntax.isDigit(port.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  private static @Nullable Finding finding(String name, SettingPath path) {
    if (name.equals("*")) {
      return Finding.of(
          PolicyRule.HOST_SYNTAX,
          path,
          "\"*\" would be every name, an attacker's too.",
          "List the names of this server, or leave hosts out.");
    }
    if (NETWORK.matcher(name.strip()).matches()) {
      return Finding.of(
          PolicyRule.HOST_SYNTAX,
          path,
          Escaped.quote(name) + " is a network of addresses, not a host.",
          "List the names by which clients call this server, each of its own; addresses of clients"
              + " and of proxies have no place here.");
    }
    // The scheme has no default port here, so that each port may stand.
    PolicyRule broken = OriginSyntax.check("x://" + name, true);
    boolean wildcardPort = name.endsWith(":*");
    boolean upperCase = !name.equals(name.toLowerCase(Locale.ROOT));
    boolean address = OriginSyntax.check("http://" + name, true) == PolicyRule.ORIGIN_IP_ADDRESS;
    if (broken != null || wildcardPort || upperCase || address || isNoHost(name)) {
      String meant = suggest(name);
      return Finding.of(
          PolicyRule.HOST_SYNTAX,
          path,
          Escaped.quote(name) + " is not a host, with or without a port.",
          meant == null
              ? "Write a name, *.name or an address, such as \"api.example.com\" or \"[::1]:8080\"."
              : "Write " + Escaped.literal(meant) + ".");
    }
    String domain = name.substring(name.startsWith("*.") ? 2 : 0, OriginSyntax.hostEnd(name, 0));
    return name.startsWith("*.") && PublicSuffixes.contains(domain)
        ? Finding.of(
            PolicyRule.PUBLIC_SUFFIX,
            path,
            Escaped.quote(name)
                + " answers to every name that anyone registers under "
                + domain
                + ".",
            "List your own names under it.")
        : null;
  }

  private static boolean isNoHost(String name) {
    return name.isEmpty() || name.endsWith(".") || name.startsWith(":");
  }

  /** What a name was probably meant to be; null if that is anyone's guess. */
  private static @Nullable String suggest(String name) {
    String text = name.strip().toLowerCase(Locale.ROOT);
    int scheme = text.indexOf("://");
    text = scheme < 0 ? text : text.substring(scheme + 3);
    int path = text.indexOf('/');
    text = path < 0 ? text : text.substring(0, path);
    text = text.endsWith(":*") ? text.substring(0, text.length() - 2) : text;
    text = text.endsWith(".") ? text.substring(0, text.length() - 1) : text;
    if (text.indexOf(':') != text.lastIndexOf(':') && !text.startsWith("[")) {
      String address = IpAddress.serialiseIpv6("[" + text + "]");
      text = address == null ? text : address;
    }
    return !text.equals(name) && !text.equals("*") && finding(text, PATH) == null ? text : null;
  }
}
