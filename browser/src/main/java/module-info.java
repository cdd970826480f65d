/** A model of the browser's side of CORS; {@code dev.corsac.browser.url} is its own. */
module dev.corsac.browser {
  requires static transitive org.jspecify;

  exports dev.corsac.browser;
  exports dev.corsac.browser.http;
}
