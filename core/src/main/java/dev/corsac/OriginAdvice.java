package dev.corsac;

import dev.corsac.finding.Finding;
import dev.corsac.finding.PolicyRule;
import dev.corsac.finding.SettingPath;
import dev.corsac.finding.Wording;
import dev.corsac.origin.IpAddress;
import dev.corsac.origin.OriginSyntax;
import dev.corsac.text.Escaped;
import java.net.IDN;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Says what is wrong with an entry that should be an origin, and what was probably meant. */
final class OriginAdvice {
  /** Ports in brackets, as Spring's origin patterns have them. */
  private static final Pattern PORT_LIST =
      Pattern.compile("([^\\[]+(?:\\[[^\\]]*\\])?):\\[([0-9*, ]+)\\]");

  private OriginAdvice() {}

  static Finding finding(PolicyRule rule, String entry, SettingPath path) {
    Matcher list = PORT_LIST.matcher(entry);
    if (entry.length() <= OriginSyntax.MAX_LENGTH && list.matches()) {
      return portList(entry, list.group(1), list.group(2), path);
    }
    String suggestion = suggest(entry);
    Wording fix =
        rule == PolicyRule.NULL_ORIGIN
            ? Wording.of("Serve the page over https and list its origin. ")
                .then(OriginCheck.toAccept(Risk.NULL_ORIGIN))
            : Wording.of(
                rule == PolicyRule.ORIGIN_SEVERAL
                    ? "Write one entry for each origin."
                    : suggestion != null
                        ? "Write " + Escaped.literal(suggestion) + "."
                        : "Write scheme://host or scheme://host:port, such as \"https://example.com\".");
    return Finding.of(rule, path, Wording.of(message(rule, Escaped.quote(entry))), fix)
        .about(entry);
  }

  /** A label of a host that starts like punycode (RFC 3492) and is not. */
  static Finding notPunycode(String entry, String label, SettingPath path) {
    return Finding.of(
            PolicyRule.ORIGIN_HOST,
            path,
            Escaped.quote(entry)
                + " has the label "
                + Escaped.quote(label)
                + ", which is not punycode.",
            "Copy the host from the address bar of a browser.")
        .about(entry);
  }

  private static Finding portList(String entry, String origin, String ports, SettingPath path) {
    List<String> entries =
        ports.contains("*")
            ? List.of(origin + ":*")
            : Arrays.stream(ports.split(","))
                .map(port -> origin + ":" + port.strip())
                .map(each -> each.endsWith(":" + OriginSyntax.defaultPort(each)) ? origin : each)
                .toList();
    boolean valid = entries.stream().allMatch(each -> OriginSyntax.check(each, true) == null);
    return Finding.of(
            PolicyRule.ORIGIN_PORT,
            path,
            Escaped.quote(entry) + " has its ports in brackets, which is Spring's syntax.",
            valid
                ? "Write "
                    + entries.stream().map(Escaped::literal).collect(Collectors.joining(", "))
                    + "."
                : "Write one entry for each port, or :* for any port.")
        .about(entry);
  }

  private static String message(PolicyRule rule, String entry) {
    return switch (rule) {
      case ORIGIN_PATH -> entry + " has a path, but an origin ends after the host or port.";
      case ORIGIN_USER_INFO -> entry + " has a user name or password; an origin has none.";
      case ORIGIN_UNICODE -> entry + " is not ASCII; browsers send hosts in punycode.";
      case ORIGIN_UPPER_CASE ->
          entry + " has upper-case letters; browsers send lower case, so it would never match.";
      case ORIGIN_DEFAULT_PORT ->
          entry + " names the default port; browsers leave it out, so it would never match.";
      case ORIGIN_PORT ->
          entry + " has a port that is not a number from 1 to 65535 without leading zeros.";
      case ORIGIN_HOST -> entry + " has a host that no browser would send.";
      case ORIGIN_IP_ADDRESS -> entry + " has an IP address in a form that browsers do not send.";
      case ORIGIN_WILDCARD ->
          entry
              + " has a wildcard where it cannot be: only a whole first label or the port may be *.";
      case ORIGIN_SEVERAL -> entry + " looks like several origins; a browser sends one.";
      case NULL_ORIGIN ->
          entry
              + " is the origin of every sandboxed frame, data: and file: page, an attacker's too.";
      default -> entry + " is not an origin.";
    };
  }

  /** What the entry was probably meant to be; null if that is anyone's guess. */
  private static @Nullable String suggest(String entry) {
    String text = entry.trim();
    if (text.startsWith("ws://") || text.startsWith("wss://")) {
      text = "http" + text.substring(2);
    } else if (text.startsWith("//")) {
      text = "https:" + text;
    } else if (!text.contains("://")) {
      text =
          (text.startsWith("localhost") || text.startsWith("127.") ? "http://" : "https://") + text;
    }
    int hostStart = text.indexOf("://") + 3;
    String scheme = text.substring(0, hostStart - 3).toLowerCase(Locale.ROOT);
    String rest = text.substring(hostStart);
    int path = indexOfAny(rest, "/?#\\");
    rest = path < 0 ? rest : rest.substring(0, path);
    rest = rest.substring(rest.lastIndexOf('@') + 1);
    int hostEnd = OriginSyntax.hostEnd(rest, 0);
    boolean domain = scheme.equals("http") || scheme.equals("https");
    String host = rest.substring(0, hostEnd);
    host = domain || host.startsWith("[") ? canonicalHost(host) : host;
    String port = rest.substring(hostEnd);
    String candidate = scheme + "://" + host;
    if (!port.isEmpty() && !port.equals(":" + OriginSyntax.defaultPort(candidate))) {
      candidate += port;
    }
    return !candidate.equals(entry) && OriginSyntax.check(candidate, true) == null
        ? candidate
        : null;
  }

  private static String canonicalHost(String host) {
    if (host.startsWith("[")) {
      String serialised = IpAddress.serialiseIpv6(host.toLowerCase(Locale.ROOT));
      return serialised == null ? host : serialised;
    }
    boolean wildcard = host.startsWith("*.");
    String domain = wildcard ? host.substring(2) : host;
    try {
      domain = IDN.toASCII(domain, IDN.ALLOW_UNASSIGNED);
    } catch (IllegalArgumentException notADomain) {
      return host;
    }
    return (wildcard ? "*." : "") + domain.toLowerCase(Locale.ROOT);
  }

  private static int indexOfAny(String text, String characters) {
    for (int i = 0; i < text.length(); i++) {
      if (characters.indexOf(text.charAt(i)) >= 0) {
        return i;
      }
    }
    return -1;
  }
}
