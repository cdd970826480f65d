/** CORS for a Netty pipeline. */
module dev.corsac.netty {
  requires transitive dev.corsac;
  requires io.netty.codec;
  requires io.netty.codec.http;
  requires io.netty.common;
  requires io.netty.handler;
  requires transitive io.netty.transport;
  requires static transitive org.jspecify;

  exports dev.corsac.netty;
}
