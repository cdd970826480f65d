/** CORS for Vert.x Web. */
module dev.corsac.vertx {
  requires transitive dev.corsac;
  requires transitive io.vertx.web;
  requires transitive io.vertx.core;
  requires static transitive org.jspecify;

  exports dev.corsac.vertx;
}
