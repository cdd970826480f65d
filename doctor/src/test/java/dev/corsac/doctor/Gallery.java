package dev.corsac.doctor;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The gallery of broken servers: {@code conformance/gallery}, whose schema says what is what. */
record Gallery(
    @JsonProperty("$schema") String schema, String group, String about, List<Exhibit> cases) {
  static final Path FOLDER = Path.of("../conformance/gallery");

  record Exhibit(
      String name,
      String why,
      @Nullable String page,
      @Nullable List<List<String>> pageHeaders,
      @Nullable String pageMeta,
      Asked request,
      List<Resource> server,
      Expected expect) {}

  record Asked(
      String url,
      @Nullable String method,
      @Nullable List<List<String>> headers,
      @Nullable String body,
      @Nullable String credentials,
      @Nullable String mode,
      @Nullable String redirect,
      @Nullable List<String> cookies) {}

  record Resource(
      String path, @Nullable Answer preflight, Answer response, @Nullable String cachedFor) {}

  record Answer(
      int status,
      @Nullable List<List<String>> headers,
      @Nullable String body,
      @Nullable String raw,
      boolean close,
      boolean hang) {}

  record Expected(
      String verdict,
      @Nullable String problem,
      @Nullable String chromium,
      @Nullable List<String> notes,
      @Nullable String says) {}

  static List<Gallery> all() {
    JsonMapper mapper = JsonMapper.builder().build();
    List<Gallery> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.sorted().toList()) {
        all.add(mapper.readValue(file.toFile(), Gallery.class));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }
}
