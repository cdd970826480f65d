package dev.corsac.config;

import dev.corsac.config.watch.LogFormat;
import dev.corsac.config.watch.WatchConfig;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads how the gateway is watched: its log, and who may look at its admin address. */
final class WatchReader {
  private static final String TOKEN = "admin_token";

  /** What cannot be found by trying, if it is random: 128 bits in hexadecimal digits are 32. */
  private static final int SHORTEST_TOKEN = 20;

  private static final int LONGEST_TOKEN = 1024;

  private final Values values;
  private final Findings findings;

  WatchReader(Values values, Findings findings) {
    this.values = values;
    this.findings = findings;
  }

  WatchConfig read(Yaml.Mapping file, Optional<HostPort> admin) {
    return new WatchConfig(
        format(file),
        values.truth(file, "access_log", false),
        Optional.ofNullable(token(file, admin)));
  }

  private LogFormat format(Yaml.Mapping file) {
    Values.Item item = values.text(file, "log", "json");
    if (item == null) {
      return LogFormat.TEXT;
    }
    String text = item.text();
    if (!text.equals("text") && !text.equals("json")) {
      values.wrong(
          item,
          Text.quote(text) + " is not a format of the log.",
          text.toLowerCase(Locale.ROOT).equals("json") ? "Write json." : "Write text or json.");
    }
    return text.equals("json") ? LogFormat.JSON : LogFormat.TEXT;
  }

  private @Nullable String token(Yaml.Mapping file, Optional<HostPort> admin) {
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
    Values.Item item = values.text(file, TOKEN, "${ADMIN_TOKEN}");
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
