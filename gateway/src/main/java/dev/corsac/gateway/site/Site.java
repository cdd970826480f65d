package dev.corsac.gateway.site;

import dev.corsac.config.RouteOptions;
import dev.corsac.gateway.decision.OwnResponse;
import dev.corsac.gateway.decision.Visit;
import dev.corsac.gateway.http.RequestTarget;
import io.vertx.core.Vertx;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Serves the files of a folder to GET and HEAD. What is there is looked up for each request, so a
 * folder can be replaced, also by switching a link. Immutable and thread-safe.
 */
public final class Site {
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.RFC_1123_DATE_TIME.withLocale(Locale.ENGLISH).withZone(ZoneOffset.UTC);

  private static final String FOREVER = "public, max-age=31536000, immutable";
  private static final String ASK_AGAIN = "no-cache";

  private final Path folder;
  private final @Nullable SitePath fallback;
  private final int skipped;

  private Site(Path folder, @Nullable SitePath fallback, int skipped) {
    this.folder = folder;
    this.fallback = fallback;
    this.skipped = skipped;
  }

  /**
   * A site below the path of a route.
   *
   * @param path the route's pattern; names before its {@code **} are none of the folder's
   */
  public static Site of(RouteOptions.Site config, String path) {
    int names = (int) path.chars().filter(c -> c == '/').count();
    return new Site(
        config.folder(),
        config.fallback().map(file -> SitePath.of("/" + file, 0)).orElse(null),
        path.endsWith("/**") ? names - 1 : 0);
  }

  /** What becomes of a request. */
  private record Found(@Nullable SiteFile file, boolean redirect, boolean dependsOnAccept) {}

  /** Responds to a request. */
  public void serve(Vertx vertx, RequestTarget target, Visit visit) {
    HttpServerRequest request = visit.request();
    boolean head = request.method().equals(HttpMethod.HEAD);
    if (!head && !request.method().equals(HttpMethod.GET)) {
      new OwnResponse(vertx, visit)
          .with("Allow", "GET, HEAD")
          .refusal(405, "this path has files, for GET and HEAD only.");
      return;
    }
    visit.served().bySite();
    List<String> codings = codings(request.headers().getAll(HttpHeaders.ACCEPT_ENCODING));
    boolean page = request.headers().getAll(HttpHeaders.ACCEPT).toString().contains("text/html");
    request.exceptionHandler(gone -> {});
    vertx
        .executeBlocking(() -> find(target.path(), codings, page), false)
        .onComplete(
            found -> respond(vertx, target, visit, found, head),
            e -> {
              if (!request.response().closed()) {
                new OwnResponse(vertx, visit).text(404, "there is no such file.");
              }
            });
  }

  private Found find(String path, List<String> codings, boolean page) throws IOException {
    SitePath asked = SitePath.of(path, skipped);
    if (asked == null) {
      return new Found(null, false, false);
    }
    SiteFile file = SiteFile.find(folder, asked, codings);
    if (file == null && SiteFile.isFolder(folder, asked)) {
      return new Found(null, true, false);
    }
    SitePath other = fallback;
    if (file != null || other == null) {
      return new Found(file, false, false);
    }
    return new Found(page ? SiteFile.find(folder, other, codings) : null, false, true);
  }

  private void respond(Vertx vertx, RequestTarget target, Visit visit, Found found, boolean head) {
    HttpServerResponse response = visit.request().response();
    if (response.closed()) {
      return;
    }
    if (found.dependsOnAccept()) {
      response.headers().add(HttpHeaders.VARY, "Accept");
    }
    SiteFile file = found.file();
    if (found.redirect()) {
      redirect(vertx, target, visit);
    } else if (file == null) {
      OwnResponse missing = new OwnResponse(vertx, visit);
      if (found.dependsOnAccept()) {
        missing.with("Vary", "Accept");
      }
      missing.text(404, "there is no such file.");
    } else {
      describe(file, found.dependsOnAccept(), response);
      if (isKnown(visit.request(), file)) {
        response.setStatusCode(304);
        finish(vertx, visit);
      } else if (head || file.size() == 0) {
        response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(file.size()));
        finish(vertx, visit);
      } else {
        send(vertx, visit, file);
      }
    }
  }

  private static void redirect(Vertx vertx, RequestTarget target, Visit visit) {
    String query = target.forwarded().substring(target.path().length());
    visit
        .request()
        .response()
        .setStatusCode(308)
        .putHeader(HttpHeaders.CACHE_CONTROL, ASK_AGAIN)
        .putHeader(HttpHeaders.LOCATION, target.path() + "/" + query);
    finish(vertx, visit);
  }

  private static void describe(SiteFile file, boolean fallback, HttpServerResponse response) {
    response
        .putHeader(HttpHeaders.CONTENT_TYPE, file.type())
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader(HttpHeaders.CACHE_CONTROL, file.isHashed() && !fallback ? FOREVER : ASK_AGAIN)
        .putHeader(HttpHeaders.ETAG, file.tag())
        .putHeader(HttpHeaders.LAST_MODIFIED, HTTP_DATE.format(seconds(file)));
    response.headers().add(HttpHeaders.VARY, "Accept-Encoding");
    if (!file.coding().isEmpty()) {
      response.putHeader(HttpHeaders.CONTENT_ENCODING, file.coding());
    }
  }

  private static Instant seconds(SiteFile file) {
    return Instant.ofEpochSecond(0, file.modifiedNanos()).truncatedTo(ChronoUnit.SECONDS);
  }

  /** Whether the client has it already (RFC 9110 section 13.2.2). */
  private static boolean isKnown(HttpServerRequest request, SiteFile file) {
    List<String> tags = request.headers().getAll(HttpHeaders.IF_NONE_MATCH);
    if (!tags.isEmpty()) {
      String opaque = file.tag().substring(2);
      for (String line : tags) {
        for (String tag : line.split(",", -1)) {
          String stripped = tag.strip();
          String bare = stripped.startsWith("W/") ? stripped.substring(2) : stripped;
          if (bare.equals(opaque) || bare.equals("*")) {
            return true;
          }
        }
      }
      return false;
    }
    String since = request.headers().get(HttpHeaders.IF_MODIFIED_SINCE);
    if (since == null) {
      return false;
    }
    try {
      return !seconds(file).isAfter(Instant.from(HTTP_DATE.parse(since)));
    } catch (DateTimeParseException e) {
      return false;
    }
  }

  private static void finish(Vertx vertx, Visit visit) {
    visit.applyDecision();
    HttpServerResponse response = visit.request().response();
    if (response.getStatusCode() == 304) {
      response.headersEndHandler(v -> response.headers().remove(HttpHeaders.CONTENT_LENGTH));
    }
    response.end();
    OwnResponse.drain(vertx, visit.request());
  }

  private static void send(Vertx vertx, Visit visit, SiteFile file) {
    HttpServerResponse response = visit.request().response();
    vertx
        .fileSystem()
        .open(file.path().toString(), new OpenOptions().setWrite(false).setCreate(false))
        .onComplete(
            opened -> send(vertx, visit, file, opened),
            e -> {
              response.headers().clear();
              new OwnResponse(vertx, visit).text(404, "there is no such file.");
            });
  }

  private static void send(Vertx vertx, Visit visit, SiteFile file, AsyncFile opened) {
    HttpServerResponse response = visit.request().response();
    if (response.closed()) {
      opened.close();
      return;
    }
    response.putHeader(HttpHeaders.CONTENT_LENGTH, Long.toString(file.size()));
    visit.applyDecision();
    opened.setReadLength(file.size());
    opened
        .pipeTo(response)
        .onComplete(
            sent -> OwnResponse.drain(vertx, visit.request()),
            e -> {
              // The file has become shorter, or the client has gone.
              opened.close();
              response.reset();
            });
  }

  /** Those of ours that the client takes (RFC 9110 section 12.5.3). */
  private static List<String> codings(List<String> lines) {
    List<String> codings = new ArrayList<>();
    for (String coding : List.of("br", "gzip")) {
      if (isAccepted(lines, coding)) {
        codings.add(coding);
      }
    }
    return codings;
  }

  private static boolean isAccepted(List<String> lines, String coding) {
    for (String line : lines) {
      for (String each : line.split(",", -1)) {
        String[] parts = each.split(";", 2);
        if (parts[0].strip().equalsIgnoreCase(coding)) {
          return parts.length == 1 || !parts[1].replace(" ", "").matches("(?i)q=0(\\.0*)?");
        }
      }
    }
    return false;
  }
}
