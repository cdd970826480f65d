package dev.corsac.gateway.watch;

import dev.corsac.Decision;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes a line for each request. */
final class AccessLog {
  private static final Logger log = LoggerFactory.getLogger("corsac.access");

  private AccessLog() {}

  static void write(Served served, long nanos) {
    HttpServerRequest request = served.request();
    HttpServerResponse response = request.response();
    Decision decision = served.decision();
    String reason = decision == null ? "none" : decision.reason().id();
    String uri = request.uri();
    boolean query = uri != null && uri.indexOf('?') >= 0;
    String path = served.printablePath();
    String method = Printable.word(served.method());
    String version = version(request.version());
    String origin = served.origin();
    String trace = served.traceId();
    double millis = TimeUnit.NANOSECONDS.toMicros(nanos) / 1000.0;
    long bytes = response.bytesWritten();
    boolean whole = response.ended();
    LoggingEventBuilder line =
        log.atInfo()
            .addKeyValue("event", "access")
            .addKeyValue("client", served.client())
            .addKeyValue("method", method)
            .addKeyValue("path", path)
            .addKeyValue("query", query)
            .addKeyValue("protocol", version)
            .addKeyValue("status", served.status())
            .addKeyValue("bytes", bytes)
            .addKeyValue("ms", millis)
            .addKeyValue("whole", whole)
            .addKeyValue("by", served.by().id())
            .addKeyValue("route", served.routeLabel())
            .addKeyValue("decision", reason);
    if (origin != null) {
      line = line.addKeyValue("origin", origin);
    }
    if (trace != null) {
      line = line.addKeyValue("trace_id", trace);
    }
    line.log(
        "corsac  "
            + served.client()
            + "  "
            + method
            + " "
            + path
            + (query ? "?…" : "")
            + " "
            + version
            + "  "
            + served.status()
            + "  "
            + bytes
            + " bytes"
            + (whole ? "" : ", broken off")
            + "  "
            + String.format(Locale.ROOT, "%.3f", millis)
            + " ms  "
            + served.by().id()
            + "  "
            + served.routeLabel()
            + "  "
            + reason
            + (trace == null ? "" : "  trace=" + trace));
  }

  private static String version(HttpVersion version) {
    return switch (version) {
      case HTTP_1_0 -> "HTTP/1.0";
      case HTTP_1_1 -> "HTTP/1.1";
      default -> "HTTP/2";
    };
  }
}
