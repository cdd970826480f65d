package dev.corsac.demo;

import java.util.regex.Pattern;

/**
 * Where the demo's parts listen, each on the loopback address.
 *
 * @param gateway what the browser calls the API by
 * @param allowed the page's origin that the policy lists
 * @param unlisted the page's origin that it does not
 */
record Ports(int gateway, int allowed, int unlisted) {
  static final Ports USUAL = new Ports(8000, 3000, 4000);

  private static final Pattern USUAL_PORT = Pattern.compile(":(8000|3000|4000)\\b");

  /** A text of ours, in which the usual ports are written, with these ports instead. */
  String in(String text) {
    return USUAL_PORT
        .matcher(text)
        .replaceAll(
            port ->
                switch (port.group(1)) {
                  case "8000" -> ":" + gateway;
                  case "3000" -> ":" + allowed;
                  default -> ":" + unlisted;
                });
  }
}
