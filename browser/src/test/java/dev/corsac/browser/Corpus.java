package dev.corsac.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads recordings of real browsers and turns what they say of pages and requests into the model's.
 */
final class Corpus {
  private static final ObjectMapper JSON = new ObjectMapper();

  private Corpus() {}

  /**
   * The lines that count: all but those outside the standard; a network error is one everywhere.
   */
  static List<JsonNode> counting(InputStream file, boolean gzipped) throws IOException {
    List<JsonNode> scenarios = new ArrayList<>();
    try (InputStream in = gzipped ? new GZIPInputStream(file) : file;
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      String line;
      while ((line = lines.readLine()) != null) {
        if (line.isBlank()) {
          continue;
        }
        JsonNode scenario = JSON.readTree(line);
        if (!scenario.path("outsideStandard").asBoolean() || family(scenario).equals("transport")) {
          scenarios.add(scenario);
        }
      }
    }
    return scenarios;
  }

  static List<JsonNode> resource(String name) throws IOException {
    InputStream in = Objects.requireNonNull(Corpus.class.getResourceAsStream("/" + name), name);
    return counting(in, true);
  }

  static String family(JsonNode scenario) {
    return scenario.path("clause").asText().split("/", 2)[0];
  }

  static Engine engine(JsonNode scenario) {
    return Engine.valueOf(scenario.path("browser").asText().toUpperCase(Locale.ROOT));
  }

  static Page page(JsonNode page) {
    PageContext context =
        PageContext.valueOf(
            page.path("context").asText().toUpperCase(Locale.ROOT).replace('-', '_'));
    Page result =
        context.hasOpaqueOrigin()
            ? Page.opaque(context)
            : Page.of(page.path("origin").asText(), context);
    Page embedded = context.hasOpaqueOrigin() ? within(page.path("base"), result) : result;
    return embedded.withHeaders(headers(page.path("headers")));
  }

  /** The page that hosts or makes a page; a file has none that is an origin. */
  private static Page within(JsonNode base, Page page) {
    return base.asText().startsWith("http") ? page.within(base.asText()) : page;
  }

  static Headers headers(JsonNode pairs) {
    List<Header> headers = new ArrayList<>();
    pairs.forEach(pair -> headers.add(new Header(pair.get(0).asText(), pair.get(1).asText())));
    return Headers.of(headers);
  }

  static PageRequest request(JsonNode node) {
    String url = node.path("url").asText();
    PageRequest request =
        switch (node.path("api").asText()) {
          case "fetch" -> PageRequest.fetch(url);
          case "xhr" -> PageRequest.xhr(url);
          case "img" -> PageRequest.img(url);
          case "script" -> PageRequest.script(url);
          case "module" -> PageRequest.module(url);
          case "style" -> PageRequest.style(url);
          case "font" -> PageRequest.font(url);
          case "eventsource" -> PageRequest.eventSource(url);
          default -> throw new IllegalArgumentException("no such api: " + node.path("api"));
        };
    if (node.hasNonNull("method")) {
      request = request.method(node.get("method").asText());
    }
    for (Header header : headers(node.path("headers"))) {
      request = request.header(header.name(), header.value());
    }
    if (node.hasNonNull("mode")) {
      request = request.mode(node.get("mode").asText());
    }
    if (node.hasNonNull("credentials")) {
      request = request.credentials(constant(CredentialsMode.class, node.get("credentials")));
    }
    if (node.hasNonNull("redirect")) {
      request = request.redirect(constant(RedirectMode.class, node.get("redirect")));
    }
    if (node.hasNonNull("cache")) {
      request = request.cache(constant(CacheMode.class, node.get("cache")));
    }
    if (node.hasNonNull("referrerPolicy")) {
      request = request.referrerPolicy(node.get("referrerPolicy").asText());
    }
    if (node.hasNonNull("crossorigin")) {
      request = request.crossorigin(node.get("crossorigin").asText());
    }
    Body body = body(node.path("body"));
    if (body != null) {
      request = request.body(body);
    }
    JsonNode xhr = node.path("xhr");
    if (xhr.path("async").isBoolean() && !xhr.path("async").asBoolean()) {
      request = request.synchronous();
    }
    return request.uploadListener(hasUploadListener(xhr));
  }

  /** addEventListener registers any name; an on... attribute exists for real events only. */
  private static boolean hasUploadListener(JsonNode xhr) {
    boolean any = !xhr.path("upload").isEmpty();
    for (JsonNode name : xhr.path("uploadOn")) {
      any |=
          List.of("loadstart", "progress", "abort", "error", "load", "timeout", "loadend")
              .contains(name.asText());
    }
    return any;
  }

  private static @Nullable Body body(JsonNode body) {
    String value = body.path("value").asText("");
    return switch (body.path("type").asText("")) {
      case "" -> null;
      case "string" -> Body.text(value);
      case "urlsearchparams" -> Body.form(value);
      case "formdata" -> {
        List<String> fields = new ArrayList<>();
        body.path("fields").forEach(field -> field.forEach(part -> fields.add(part.asText())));
        yield Body.multipart(fields.toArray(new String[0]));
      }
      case "blob" -> Body.blob(value, body.path("mime").asText(""));
      case "arraybuffer", "uint8array" -> Body.bytes(value.getBytes(StandardCharsets.UTF_8));
      case "stream" -> Body.stream(value);
      case "document" -> Body.htmlDocument(value);
      case "xmldocument" -> Body.xmlDocument(value);
      default -> throw new IllegalArgumentException("no such body: " + body);
    };
  }

  private static <E extends Enum<E>> E constant(Class<E> type, JsonNode node) {
    return Enum.valueOf(type, node.asText().toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
