/** CORS for Jakarta Servlet; what Jetty needs besides is used where Jetty is. */
module dev.corsac.servlet {
  requires transitive dev.corsac;
  requires transitive jakarta.servlet;
  requires static org.eclipse.jetty.server;
  requires static transitive org.jspecify;

  exports dev.corsac.servlet;
}
