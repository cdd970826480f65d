/** CORS for Jakarta RESTful Web Services. */
module dev.corsac.jaxrs {
  requires transitive dev.corsac;
  requires transitive jakarta.ws.rs;
  requires static transitive org.jspecify;

  exports dev.corsac.jaxrs;
}
