package dev.corsac.lab;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files of the lessons. */
class LessonTest {
  private static final LabOrigins USUAL =
      new LabOrigins(
          "http://localhost:3000",
          "http://localhost:4000",
          "http://localhost:8100",
          "http://localhost:8000");

  private static final Path FILES = Path.of("src/main/resources/dev/corsac/lab");

  @Test
  void everyFile_hasItsPlace_andIsOfTheForm() throws IOException {
    for (String kind : List.of("lessons", "attacks")) {
      List<String> names = new ArrayList<>();
      try (Stream<Path> files = Files.list(FILES.resolve(kind))) {
        files
            .map(file -> file.getFileName().toString().replace(".json", ""))
            .filter(name -> !name.equals("order"))
            .sorted()
            .forEach(names::add);
      }
      JsonObject order = new JsonObject(Files.readString(FILES.resolve("lessons/order.json")));
      assertThat(order.getJsonArray(kind)).containsExactlyElementsOf(names);
      assertThat(Lesson.all(kind, USUAL)).hasSameSizeAs(names);
    }
    assertThat(Lesson.all("lessons", USUAL)).hasSizeGreaterThanOrEqualTo(15);
  }

  @Test
  void origins_areThoseOfTheLab() throws IOException {
    LabOrigins elsewhere =
        new LabOrigins(
            "http://localhost:1300",
            "http://localhost:1400",
            "http://localhost:1810",
            "http://localhost:1800");
    String text = Lesson.all("lessons", elsewhere).toString() + Lesson.all("attacks", elsewhere);
    assertThat(text)
        .contains("http://localhost:1300", "port 1400", "localhost.evil.localhost:1400")
        .doesNotContain(":3000", ":4000", "port 3000", "port 4000", ":8100");
  }

  @Test
  void wrongFiles_areNamed() throws Exception {
    assertThat(Lesson.read(lesson()).title()).isEqualTo("A title");
    says(json -> json.remove("because"), "The key because is missing");
    says(json -> json.put("hint", "x"), "There is no key hint");
    says(json -> json.put("text", "x"), "text is a list");
    says(json -> json.put("answer", 2), "answer is the place of one of two or more choices");
    says(json -> json.put("question", " "), "question is a text");
    says(json -> json.getJsonObject("break").remove("expect"), "The key expect is missing");
    says(
        json -> json.put("expect", new JsonObject().put("listed", "readable")),
        "a verdict for each page that asks");
    says(
        json -> json.getJsonObject("expect").put("says", new JsonObject().put("me", "x")),
        "says names no page: me");
    says(json -> json.getJsonObject("experiment").put("policy", "cors: off"), "policy is a list");
    says(
        json ->
            json.getJsonObject("experiment")
                .put("steps", new JsonArray().add(new JsonObject().put("mode", "x"))),
        "The mode is one of");
  }

  private static void says(Consumer<JsonObject> wrong, String message) {
    JsonObject json = lesson();
    wrong.accept(json);
    assertThatThrownBy(() -> Lesson.read(json)).hasMessageContaining(message);
  }

  private static JsonObject lesson() {
    JsonObject expect = new JsonObject().put("listed", "readable").put("unlisted", "blocked");
    JsonObject experiment =
        new JsonObject()
            .put("policy", new JsonArray().add("cors:").add("  allow_origins: []"))
            .put("steps", new JsonArray().add(new JsonObject()));
    return new JsonObject()
        .put("title", "A title")
        .put("text", new JsonArray().add("A paragraph."))
        .put("experiment", experiment)
        .put("question", "A question?")
        .put("choices", new JsonArray().add("Yes").add("No"))
        .put("answer", 0)
        .put("because", "It is so.")
        .put("expect", expect)
        .put(
            "break",
            new JsonObject()
                .put("title", "A change")
                .put("text", "What changes.")
                .put("experiment", experiment.copy())
                .put("expect", expect.copy()));
  }
}
