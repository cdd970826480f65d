package dev.corsac.gateway.http;

import dev.corsac.config.access.IpRange;
import io.vertx.core.MultiMap;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The proxies in front whose word counts for who asks, by which scheme and host; of all others what
 * they say is ignored. Immutable and thread-safe.
 *
 * <p>{@code X-Forwarded-For} and {@code Forwarded} (RFC 7239) are lists to which each proxy adds
 * the peer that it saw. The client is the last entry that is no trusted proxy: what is before it
 * may be made up. If all are trusted it is the first; without a list it is the peer.
 *
 * <p>A proxy that writes one of the two passes the other on as it came from the client. So if both
 * are there and say different things the request is refused, and so it is if the entry that counts
 * cannot be read.
 */
public final class TrustedProxies {
  private static final String DISAGREE =
      "a trusted proxy passed on Forwarded and X-Forwarded-* that disagree; it must remove what it"
          + " does not write.";

  /** RFC 7239 section 6.2: a port, or what stands for one. */
  private static final String PORT = "(?::(?:[0-9]{1,5}|_[A-Za-z0-9._-]+))";

  private static final Pattern BRACKETED =
      Pattern.compile("\\[([^\\[\\]]*:[^\\[\\]]*)\\]" + PORT + "?");
  private static final Pattern IPV4_WITH_PORT = Pattern.compile("([0-9.]+)" + PORT);

  private final List<IpRange> ranges;

  public TrustedProxies(List<IpRange> ranges) {
    this.ranges = List.copyOf(ranges);
  }

  /** One step on the way: whom a proxy saw, and what that one asked for. */
  private record Hop(String node, @Nullable String scheme, @Nullable String host) {}

  /** Finds out who asks. */
  public Client client(MultiMap headers, Client peer) throws MalformedMessageException {
    if (ranges.isEmpty() || !isTrusted(peer.address())) {
      return peer;
    }
    List<Hop> standard = ForwardedElements.read(headers.getAll("Forwarded"));
    List<Hop> customary = customary(headers);
    Client byStandard = standard.isEmpty() ? null : client(standard, peer);
    Client byCustom = customary.isEmpty() ? null : client(customary, peer);
    if (byStandard == null || byCustom == null) {
      return byStandard != null ? byStandard : byCustom != null ? byCustom : peer;
    }
    if (!byStandard.equals(byCustom)) {
      throw new MalformedMessageException(DISAGREE);
    }
    return byStandard;
  }

  private boolean isTrusted(InetAddress address) {
    for (IpRange range : ranges) {
      if (range.contains(address)) {
        return true;
      }
    }
    return false;
  }

  private Client client(List<Hop> hops, Client peer) throws MalformedMessageException {
    InetAddress address = peer.address();
    Hop seen = hops.get(hops.size() - 1);
    for (int i = hops.size() - 1; i >= 0 && isTrusted(address); i--) {
      if (hops.get(i).node().isEmpty()) {
        break;
      }
      seen = hops.get(i);
      address = address(seen.node());
    }
    Authority host = seen.host() == null ? peer.authority() : Authority.parse(seen.host());
    if (seen.host() != null && host == null) {
      throw new MalformedMessageException("a trusted proxy names a malformed host.");
    }
    return new Client(address, scheme(seen.scheme(), peer), host);
  }

  private static String scheme(@Nullable String said, Client peer)
      throws MalformedMessageException {
    if (said == null) {
      return peer.scheme();
    }
    return switch (said.toLowerCase(Locale.ROOT)) {
      case "https", "wss" -> "https";
      case "http", "ws" -> "http";
      default ->
          throw new MalformedMessageException("a trusted proxy names another scheme than http(s).");
    };
  }

  /** An address with a port or without, IPv6 in brackets or without. */
  private static InetAddress address(String node) throws MalformedMessageException {
    Matcher bracketed = BRACKETED.matcher(node);
    Matcher plain = IPV4_WITH_PORT.matcher(node);
    String bare =
        bracketed.matches() ? bracketed.group(1) : plain.matches() ? plain.group(1) : node;
    return IpRange.address(bare)
        .orElseThrow(
            () ->
                new MalformedMessageException(
                    "a trusted proxy says that the client has no IP address."));
  }

  /** {@code X-Forwarded-*}, whose lists go together if they have the same length. */
  private static List<Hop> customary(MultiMap headers) {
    List<String> nodes = list(headers, "X-Forwarded-For");
    List<String> schemes = list(headers, "X-Forwarded-Proto");
    List<String> hosts = list(headers, "X-Forwarded-Host");
    List<Hop> hops = new ArrayList<>();
    int size = Math.max(nodes.size(), schemes.isEmpty() && hosts.isEmpty() ? 0 : 1);
    for (int i = 0; i < size; i++) {
      String node = nodes.isEmpty() ? "" : nodes.get(i);
      hops.add(new Hop(node, at(schemes, i, size), at(hosts, i, size)));
    }
    return hops;
  }

  private static @Nullable String at(List<String> values, int index, int size) {
    if (values.isEmpty()) {
      return null;
    }
    return values.get(values.size() == size ? index : values.size() - 1);
  }

  private static List<String> list(MultiMap headers, String name) {
    List<String> values = new ArrayList<>();
    for (String line : headers.getAll(name)) {
      for (String value : line.split(",", -1)) {
        if (!value.isBlank()) {
          values.add(value.strip());
        }
      }
    }
    return values;
  }

  /** The grammar of {@code Forwarded} (RFC 7239 section 4). */
  private static final class ForwardedElements {
    private final String text;
    private int at;

    private ForwardedElements(String text) {
      this.text = text;
    }

    static List<Hop> read(List<String> lines) throws MalformedMessageException {
      List<Hop> hops = new ArrayList<>();
      for (String line : lines) {
        // Each by itself, so that no quote of a client's line reaches into a proxy's.
        hops.addAll(new ForwardedElements(line).elements());
      }
      return hops;
    }

    private List<Hop> elements() throws MalformedMessageException {
      List<Hop> hops = new ArrayList<>();
      while (true) {
        Map<String, String> pairs = pairs();
        if (!pairs.isEmpty()) {
          hops.add(
              new Hop(pairs.getOrDefault("for", "unknown"), pairs.get("proto"), pairs.get("host")));
        }
        if (at == text.length()) {
          return hops;
        }
        if (text.charAt(at++) != ',') {
          throw malformed();
        }
      }
    }

    private Map<String, String> pairs() throws MalformedMessageException {
      Map<String, String> pairs = new java.util.HashMap<>();
      blanks();
      while (at < text.length() && text.charAt(at) != ',') {
        int equals = text.indexOf('=', at);
        if (equals < 0 || !Token.is(text.substring(at, equals))) {
          throw malformed();
        }
        String name = text.substring(at, equals).toLowerCase(Locale.ROOT);
        at = equals + 1;
        if (pairs.put(name, value()) != null) {
          throw malformed();
        }
        blanks();
        if (at < text.length() && text.charAt(at) == ';') {
          at++;
          blanks();
        } else if (at < text.length() && text.charAt(at) != ',') {
          throw malformed();
        }
      }
      return pairs;
    }

    private void blanks() {
      while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
        at++;
      }
    }

    private String value() throws MalformedMessageException {
      if (at < text.length() && text.charAt(at) == '"') {
        return quoted();
      }
      int start = at;
      while (at < text.length() && ",; \t".indexOf(text.charAt(at)) < 0) {
        at++;
      }
      String value = text.substring(start, at);
      if (!Token.is(value)) {
        throw malformed();
      }
      return value;
    }

    private String quoted() throws MalformedMessageException {
      StringBuilder value = new StringBuilder();
      for (at++; at < text.length(); at++) {
        char c = text.charAt(at);
        if (c == '"') {
          at++;
          return value.toString();
        }
        if (c == '\\' && ++at == text.length()) {
          break;
        }
        value.append(text.charAt(at));
      }
      throw malformed();
    }

    private static MalformedMessageException malformed() {
      return new MalformedMessageException("a trusted proxy sends a malformed Forwarded.");
    }
  }
}
