package dev.corsac.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.corsac.contract.Case.Exchange;
import dev.corsac.contract.Case.Expectation;
import dev.corsac.contract.Case.Request;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A file of {@code conformance/http}: a group of cases. */
record CaseFile(String group, List<Case> cases) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Read once: several stacks of a JVM ask for them, at the same time too. */
  private static final List<CaseFile> ALL = read();

  /** The cases that need a server that speaks a protocol: all whose policy can be built. */
  List<Case> served(Protocol protocol) {
    return cases.stream()
        .filter(c -> c.refused().isEmpty() && c.protocols().contains(protocol))
        .toList();
  }

  /** Every file, in the order of their names. */
  static List<CaseFile> all() {
    return ALL;
  }

  private static List<CaseFile> read() {
    URL folder = Objects.requireNonNull(CaseFile.class.getResource("http"));
    try {
      URI uri = folder.toURI();
      if (!uri.getScheme().equals("jar")) {
        return read(Path.of(uri));
      }
      try (FileSystem jar = FileSystems.newFileSystem(uri, Map.of())) {
        return read(jar.getPath("/dev/corsac/contract/http"));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<CaseFile> read(Path folder) throws IOException {
    List<CaseFile> files = new ArrayList<>();
    try (Stream<Path> paths = Files.list(folder)) {
      for (Path path : paths.filter(p -> p.toString().endsWith(".json")).sorted().toList()) {
        try (InputStream in = Files.newInputStream(path)) {
          files.add(read(JSON.readTree(in)));
        }
      }
    }
    return List.copyOf(files);
  }

  private static CaseFile read(JsonNode file) {
    List<Case> cases = new ArrayList<>();
    for (JsonNode node : file.path("cases")) {
      JsonNode policy = node.path("policy");
      List<Exchange> exchanges = new ArrayList<>();
      if (node.has("pipeline")) {
        node.get("pipeline").forEach(exchange -> exchanges.add(exchange(exchange)));
      } else if (node.has("request")) {
        exchanges.add(exchange(node));
      }
      cases.add(
          new Case(
              node.get("id").asText(),
              node.get("description").asText(),
              file.path("policies").path(policy.asText()).isObject()
                  ? file.get("policies").get(policy.asText())
                  : policy,
              texts(node.path("refused")),
              node.path("only").asText().equals("HTTP/1.1")
                  ? EnumSet.of(Protocol.HTTP_1_1)
                  : EnumSet.allOf(Protocol.class),
              exchanges));
    }
    return new CaseFile(file.get("group").asText(), cases);
  }

  private static Exchange exchange(JsonNode node) {
    JsonNode request = node.get("request");
    JsonNode expect = node.get("expect");
    Map<String, List<String>> headers = new LinkedHashMap<>();
    request
        .path("headers")
        .properties()
        .forEach(header -> headers.put(header.getKey(), texts(header.getValue())));
    return new Exchange(
        new Request(
            request.path("method").asText("GET"),
            request.path("target").asText("/api/data"),
            request.path("app").asText("ok"),
            headers,
            text(request, "body")),
        new Expectation(
            statuses(expect.get("status")),
            expect.get("cors"),
            expect.has("vary") ? texts(expect.get("vary")) : null,
            texts(expect.path("vary_has")),
            expect.path("headers"),
            text(expect, "body"),
            text(expect, "decision"),
            expect.has("ran") ? expect.get("ran").asBoolean() : null,
            expect.path("server_may_refuse").asBoolean()));
  }

  private static @Nullable String text(JsonNode node, String key) {
    return node.has(key) ? text(node.get(key)) : null;
  }

  /** A text, or what {"before", "repeat", "times", "after"} spells out. */
  private static String text(JsonNode node) {
    return node.isTextual()
        ? node.asText()
        : node.path("before").asText()
            + node.get("repeat").asText().repeat(node.get("times").asInt())
            + node.path("after").asText();
  }

  private static List<String> texts(JsonNode node) {
    if (!node.isArray()) {
      return node.isMissingNode() ? List.of() : List.of(text(node));
    }
    List<String> texts = new ArrayList<>();
    node.forEach(item -> texts.add(text(item)));
    return texts;
  }

  private static List<Integer> statuses(JsonNode node) {
    if (node.isArray()) {
      List<Integer> statuses = new ArrayList<>();
      node.forEach(item -> statuses.add(item.asInt()));
      return statuses;
    }
    return node.asText().equals("5xx")
        ? IntStream.range(500, 600).boxed().toList()
        : List.of(node.asInt());
  }
}
