package dev.corsac.demo;

import java.util.regex.Pattern;

/**
 * Where the demo's parts listen, each on the loopback address; 0 for any free port.
 *
 * @param gateway what the browser calls the API by
 * @param allowed the page's origin that the policy lists
 * @param unlisted the page's origin that it does not
 * @param sandbox the server that the lab's experiments ask
 */
public record Ports(int gateway, int allowed, int unlisted, int sandbox) {
  /** The ports that the docs name. */
  public static final Ports USUAL = new Ports(8000, 3000, 4000, 8100);

  /** Any free ports. */
  public static final Ports ANY = new Ports(0, 0, 0, 0);

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
