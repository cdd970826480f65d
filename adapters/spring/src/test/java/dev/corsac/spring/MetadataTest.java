package dev.corsac.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.corsac.Cors;
import dev.corsac.CorsRequest;
import dev.corsac.CorsResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What editors offer is what the starter takes. */
class MetadataTest {
  private static final JsonNode METADATA = metadata();

  @Test
  void properties_areThoseThatAreRead() {
    List<String> names = new ArrayList<>();
    METADATA.get("properties").forEach(property -> names.add(property.get("name").asText()));

    assertThat(names)
        .containsExactlyInAnyOrderElementsOf(
            Stream.concat(
                    Stream.of(PropertyNames.LISTS, PropertyNames.VALUES, PropertyNames.GROUPS)
                        .flatMap(List::stream)
                        .flatMap(key -> Stream.of("corsac.cors." + key, "corsac.shadow." + key)),
                    Stream.of("corsac.hosts", "corsac.log-denied", "corsac.routes"))
                .toList());
    METADATA
        .get("properties")
        .forEach(property -> assertThat(property.get("description").asText()).endsWith("."));
  }

  @Test
  void defaults_changeNothing() {
    List<String> defaults = new ArrayList<>();
    for (JsonNode property : METADATA.get("properties")) {
      JsonNode value = property.path("defaultValue");
      if (!value.isMissingNode()) {
        defaults.add(property.get("name").asText() + "=" + (value.isArray() ? "" : value.asText()));
      }
    }
    String origin = "corsac.cors.allow-origins=https://example.com";
    Cors bare = new Settings().properties(origin).read();
    Cors spelledOut =
        new Settings().properties(defaults.toArray(String[]::new)).properties(origin).read();

    assertThat(defaults).hasSize(14);
    for (String method : List.of("GET", "OPTIONS", "POST")) {
      assertThat(answer(spelledOut, method)).isEqualTo(answer(bare, method)).isNotEmpty();
    }
  }

  @Test
  void offeredValues_areTaken() {
    int values = 0;
    for (JsonNode hint : METADATA.get("hints")) {
      for (JsonNode value : hint.get("values")) {
        String property = hint.get("name").asText() + "=" + value.get("value").asText();
        assertThat(new Settings().properties(property).errors()).as(property).isEmpty();
        values++;
      }
    }
    assertThat(values).isGreaterThan(20);
  }

  private static Map<String, String> answer(Cors cors, String method) {
    Map<String, String> headers = new TreeMap<>();
    CorsRequest request = new Preflight(method);
    var decision = cors.decide(request);
    decision.applyTo(new Headers(headers));
    headers.put("decision", decision.reason().id() + " " + decision.getClass().getSimpleName());
    return headers;
  }

  private static JsonNode metadata() {
    try (InputStream in =
        MetadataTest.class.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
      return new ObjectMapper().readTree(Objects.requireNonNull(in));
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private record Preflight(String method) implements CorsRequest {
    @Override
    public String path() {
      return "/";
    }

    @Override
    public @Nullable String header(String name) {
      return switch (name) {
        case "Origin" -> "https://example.com";
        case "Access-Control-Request-Method" -> "POST";
        default -> null;
      };
    }

    @Override
    public List<String> headers(String name) {
      return Stream.ofNullable(header(name)).toList();
    }
  }

  private record Headers(Map<String, String> map) implements CorsResponse {
    @Override
    public List<String> headers(String name) {
      return Stream.ofNullable(map.get(name)).toList();
    }

    @Override
    public void setHeader(String name, String value) {
      map.put(name, value);
    }

    @Override
    public void addHeader(String name, String value) {
      map.merge(name, value, (a, b) -> a + ", " + b);
    }

    @Override
    public void removeHeader(String name) {
      map.remove(name);
    }
  }
}
