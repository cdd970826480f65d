package dev.corsac.lab;

/**
 * Where the lab's parts are, as a browser calls them.
 *
 * @param listed the page's origin that the examples' policies list
 * @param unlisted the page's origin that they do not
 * @param sandbox the server that the experiments ask
 * @param api another server that visitors may ask from the console of the page
 */
public record LabOrigins(String listed, String unlisted, String sandbox, String api) {
  /** Browsers look for every name that ends so on this machine. */
  static final String LOOK_ALIKE_HOST = "localhost.evil.localhost";

  /** The origin that begins like the others: the server of {@link #unlisted}, by another name. */
  String lookAlike() {
    return unlisted.replace("//localhost", "//" + LOOK_ALIKE_HOST);
  }
}
