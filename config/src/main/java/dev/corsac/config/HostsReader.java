package dev.corsac.config;

import dev.corsac.Hosts;
import dev.corsac.finding.Finding;
import dev.corsac.finding.Severity;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads {@code hosts}, the names that the server answers to, and says where they are missing. */
final class HostsReader {
  private static final String KEY = "hosts";

  private final ValueReader values;
  private final Findings findings;

  HostsReader(ValueReader values, Findings findings) {
    this.values = values;
    this.findings = findings;
  }

  /** The names; empty if there is no such key, or an error, which is then among the findings. */
  Optional<Hosts> read(Yaml.Mapping mapping) {
    Yaml.Entry entry = mapping.get(KEY);
    ValueReader.Items items = values.list(mapping, KEY, "api.example.com");
    if (entry == null || items == null) {
      return Optional.empty();
    }
    boolean errors = !items.complete();
    if (items.complete() && items.items().isEmpty()) {
      errors |= add(entry.value().place(), Hosts.findings(List.of()));
    }
    for (ValueReader.Item item : items.items()) {
      errors |= add(item.place(), Hosts.findings(List.of(item.text())));
    }
    return errors ? Optional.empty() : Optional.of(Hosts.of(items.texts()));
  }

  private boolean add(Place place, List<Finding> found) {
    found.forEach(each -> findings.add(place, each));
    return found.stream().anyMatch(each -> each.severity() == Severity.ERROR);
  }

  /**
   * A server that strangers cannot reach is reached by their pages, if a name of theirs leads to
   * it: where a policy enforces and the address is such, the names have to be known.
   */
  void checkMissing(Yaml.Mapping file, HostPort listen) {
    if (file.get(KEY) != null || !isNear(listen.host())) {
      return;
    }
    Yaml enforcing = enforcing(file.get("cors"));
    Yaml.Entry routes = file.get("routes");
    if (routes != null && routes.value() instanceof Yaml.Sequence sequence) {
      for (Yaml each : sequence.items()) {
        if (enforcing == null && each instanceof Yaml.Mapping route) {
          enforcing = enforcing(route.get("cors"));
        }
      }
    }
    if (enforcing != null) {
      findings.add(
          enforcing.place(),
          FileRule.HOSTS_MISSING,
          "On "
              + listen.host()
              + " a page of any name that leads there counts as the server's own, unless hosts lists the names.",
          "Write the names of this server at the top of the file, such as hosts: [localhost].");
    }
  }

  private static @Nullable Yaml enforcing(Yaml.@Nullable Entry cors) {
    if (cors == null || !(cors.value() instanceof Yaml.Mapping policy)) {
      return null;
    }
    Yaml.Entry enforce = policy.get("enforce");
    return enforce != null
            && enforce.value() instanceof Yaml.Scalar scalar
            && !scalar.text().equals("off")
        ? scalar
        : null;
  }

  /** Whether an address is this machine's or of a network of its own. */
  private static boolean isNear(String host) {
    if (host.equals("localhost")) {
      return true;
    }
    if (!host.contains(":") && !host.matches("[0-9.]+")) {
      return false;
    }
    try {
      InetAddress address = InetAddress.getByName(host);
      return address.isLoopbackAddress()
          || address.isSiteLocalAddress()
          || address.isLinkLocalAddress()
          || (address instanceof Inet6Address && (address.getAddress()[0] & 0xfe) == 0xfc);
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
