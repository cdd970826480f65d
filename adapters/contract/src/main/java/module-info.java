/** What every adapter has to show: a JUnit class to extend, and its cases. */
module dev.corsac.contract {
  requires com.fasterxml.jackson.databind;
  requires transitive dev.corsac;
  requires io.netty.buffer;
  requires io.netty.codec.http2;
  requires io.netty.common;
  requires io.netty.transport;
  requires java.net.http;
  requires transitive jdk.httpserver;
  requires transitive org.junit.jupiter.api;
  requires org.junit.jupiter.params;
  requires static transitive org.jspecify;

  exports dev.corsac.contract;

  opens dev.corsac.contract to
      org.junit.platform.commons;
}
