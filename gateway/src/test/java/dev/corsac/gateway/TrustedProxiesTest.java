package dev.corsac.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who asks, behind proxies and behind liars. */
class TrustedProxiesTest {
  @TempDir private Path folder = Path.of("replaced by JUnit");

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Headers                                                    | address      | scheme | host
        "Accept: */*                                                  | 127.0.0.1    | http  | asked.example",
        "X-Forwarded-For: 192.0.2.1                                   | 192.0.2.1    | http  | asked.example",
        "X-Forwarded-For: 192.0.2.1:4711                              | 192.0.2.1    | http  | asked.example",
        "X-Forwarded-For: [2001:db8::1]:4711                          | 2001:db8:0:0:0:0:0:1 | http | asked.example",
        "X-Forwarded-For: 2001:db8::1                                 | 2001:db8:0:0:0:0:0:1 | http | asked.example",
        "X-Forwarded-For: ::ffff:192.0.2.1                            | 192.0.2.1    | http  | asked.example",
        "X-Forwarded-For: 10.0.0.9, 192.0.2.1                         | 192.0.2.1    | http  | asked.example",
        "X-Forwarded-For: evil, <script>, 192.0.2.1                   | 192.0.2.1    | http  | asked.example",
        "X-Forwarded-For: 198.51.100.1, 192.0.2.1, 10.0.0.9           | 192.0.2.1    | http  | asked.example",
        "X-Forwarded-For: 192.0.2.1, ::ffff:10.0.0.9                  | 192.0.2.1    | http  | asked.example",
        "X-Forwarded-For: 10.0.0.8, 10.0.0.9                          | 10.0.0.8     | http  | asked.example",
        "X-Forwarded-For: 198.51.100.1; X-Forwarded-For: 192.0.2.1    | 192.0.2.1    | http  | asked.example",
        "X-Forwarded-Proto: https; X-Forwarded-Host: shop.example     | 127.0.0.1    | https | shop.example",
        "X-Forwarded-For: 192.0.2.1; X-Forwarded-Proto: wss           | 192.0.2.1    | https | asked.example",
        "X-Forwarded-For: 192.0.2.1, 10.0.0.9; X-Forwarded-Proto: https, http  | 192.0.2.1 | https | asked.example",
        "X-Forwarded-For: 7.7.7.7, 192.0.2.1; X-Forwarded-Proto: https, http   | 192.0.2.1 | http  | asked.example",
        "Forwarded: for=192.0.2.1#proto=https#host=shop.example       | 192.0.2.1    | https | shop.example",
        "Forwarded: for=\"[2001:db8::1]:80\"                          | 2001:db8:0:0:0:0:0:1 | http | asked.example",
        "Forwarded: for=\"[2001:db8::1]:_hidden\"; Forwarded: for=10.0.0.9 | 2001:db8:0:0:0:0:0:1 | http | asked.example",
        "X-Forwarded-For: 192.0.2.1:50443                             | 192.0.2.1    | http  | asked.example",
        "X-Forwarded-For: [::ffff:192.0.2.1]:80                       | 192.0.2.1    | http  | asked.example",
        "Forwarded: for=7.7.7.7#host=evil.example, for=192.0.2.1      | 192.0.2.1    | http  | asked.example",
        "Forwarded: FOR=192.0.2.1, for=10.0.0.9#proto=https           | 192.0.2.1    | http  | asked.example",
        "Forwarded: for=192.0.2.1#proto=https; X-Forwarded-For: 192.0.2.1; X-Forwarded-Proto: https | 192.0.2.1 | https | asked.example",
        "X_Forwarded_For: 192.0.2.1                                   | 127.0.0.1    | http  | asked.example",
      })
  void client_isTheLastThatIsNoProxy(String headers, String address, String scheme, String host)
      throws Exception {
    try (FileRig rig = new FileRig(folder, "trusted_proxies: [127.0.0.1, 10.0.0.0/8]\n")) {
      assertThat(rig.curl("/", headers(headers)))
          .contains("HTTP/1.1 200")
          .contains("x-forwarded-for: " + address + "\n")
          .contains("x-forwarded-proto: " + scheme + "\n")
          .contains("x-forwarded-host: " + host + "\n")
          .contains("host: " + host + "\n")
          .containsOnlyOnce("forwarded: for=");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "X-Forwarded-For: unknown",
        "X-Forwarded-For: 192.0.2.1, unknown",
        "X-Forwarded-For: 010.0.0.1",
        "X-Forwarded-For: localhost",
        "X-Forwarded-Proto: gopher",
        "X-Forwarded-Host: a b",
        "X-Forwarded-Host: a@b",
        "Forwarded: for",
        "Forwarded: for=\"192.0.2.1",
        "Forwarded: for=192.0.2.1#for=192.0.2.2",
        "Forwarded: for=_hidden",
        "Forwarded: proto=https",
        "Forwarded: for=192.0.2.1 x",
        "Forwarded: for=192.0.2.1 proto=https",
        "Forwarded: x=\"; Forwarded: for=192.0.2.1#host=\",for=10.0.0.1#y=\"",
        "X-Forwarded-For: 192.0.2.1:123456",
        "X-Forwarded-For: 192.0.2.1:",
        "X-Forwarded-For: [192.0.2.1]",
        "X-Forwarded-For: [2001:db8::1]x",
        "X-Forwarded-For: [2001:db8::1",
        "X-Forwarded-For: 2001:db8::1%eth0",
        "X-Forwarded-For: \"192.0.2.1\"",
        // A client's own Forwarded, through a proxy that writes the other kind.
        "Forwarded: for=10.1.1.1; X-Forwarded-For: 192.0.2.1",
        "Forwarded: for=192.0.2.1#proto=https; X-Forwarded-For: 192.0.2.1",
        "Forwarded: for=192.0.2.1; X-Forwarded-Proto: http",
        "Forwarded: for=192.0.2.1#host=evil.example; X-Forwarded-For: 192.0.2.1; X-Forwarded-Host: shop.example",
      })
  void whatCannotBeTrue_isRefused(String headers) throws Exception {
    try (FileRig rig = new FileRig(folder, "trusted_proxies: [127.0.0.1, 10.0.0.0/8]\n")) {
      assertThat(rig.curl("/", headers(headers))).startsWith("HTTP/1.1 400");
    }
  }

  @Test
  void othersAreNotBelieved() throws Exception {
    try (FileRig rig = new FileRig(folder, "trusted_proxies: [10.0.0.0/8, \"::1\"]\n")) {
      assertThat(
              rig.curl(
                  "/",
                  headers(
                      "X-Forwarded-For: 10.0.0.1; X-Forwarded-Proto: https; Forwarded: for=_x#host=evil.example")))
          .startsWith("HTTP/1.1 200")
          .contains("x-forwarded-for: 127.0.0.1\n", "x-forwarded-proto: http\n")
          .doesNotContain("evil.example", "10.0.0.1", "for=_x");
    }
  }

  @Test
  void underEnforce_ownPagesAreKnownByTheForwardedHost() throws Exception {
    String policy =
        "trusted_proxies: [127.0.0.1]\ncors:\n  allow_origins: [https://page.example]\n  enforce: all\n";
    try (FileRig rig = new FileRig(folder, policy)) {
      assertThat(
              rig.curl("/", headers("Origin: http://shop.example; X-Forwarded-Host: shop.example")))
          .startsWith("HTTP/1.1 200");
      assertThat(
              rig.curl(
                  "/", headers("Origin: http://shop.example; X-Forwarded-Host: other.example")))
          .startsWith("HTTP/1.1 403");
    }
  }

  private static String[] headers(String lines) {
    List<String> arguments = new ArrayList<>(List.of("-H", "Host: asked.example"));
    for (String line : lines.split("; ", -1)) {
      arguments.addAll(List.of("-H", line.strip().replace('#', ';')));
    }
    return arguments.toArray(String[]::new);
  }
}
