/** CORS for the JDK's HTTP server. */
module dev.corsac.jdk {
  requires transitive dev.corsac;
  requires transitive jdk.httpserver;
  requires static transitive org.jspecify;

  exports dev.corsac.jdk;
}
