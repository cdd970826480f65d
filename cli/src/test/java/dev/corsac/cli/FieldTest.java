package dev.corsac.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.corsac.browser.Headers;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.api.parallel.Resources;

/** What people met ({@code conformance/field}): the doctor and the audit say what is right. */
@ResourceLock(value = Resources.SYSTEM_PROPERTIES, mode = ResourceAccessMode.READ)
class FieldTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path FOLDER = Path.of("../conformance/field");

  @TestFactory
  Stream<DynamicContainer> doctor() throws IOException {
    return cases("doctor");
  }

  @TestFactory
  Stream<DynamicContainer> audit() throws IOException {
    return cases("audit");
  }

  private static Stream<DynamicContainer> cases(String command) throws IOException {
    List<DynamicContainer> kinds = new ArrayList<>();
    try (Stream<Path> files = Files.list(FOLDER.resolve(command))) {
      for (Path file : files.sorted().toList()) {
        JsonNode kind = JSON.readTree(file.toFile());
        kinds.add(
            dynamicContainer(
                kind.get("kind").asText(),
                kind.get("cases")
                    .valueStream()
                    .map(
                        each ->
                            dynamicTest(each.get("name").asText(), () -> judge(command, each)))));
      }
    }
    return kinds.stream();
  }

  private static void judge(String command, JsonNode given) throws IOException {
    try (Server server = new Server(given)) {
      List<String> args = new ArrayList<>(List.of(command, "--format", "json"));
      given.get("args").forEach(each -> args.add(server.fill(each.asText())));
      StringWriter out = new StringWriter();
      StringWriter err = new StringWriter();
      int code =
          Corsac.run(new PrintWriter(out), new PrintWriter(err), args.toArray(String[]::new));

      String printed = out + "\n" + err;
      JsonNode expect = given.get("expect");
      assertThat(code).as(printed).isEqualTo(expect.get("exit").asInt());
      JsonNode report = JSON.readTree(out.toString());
      String said = said(report, err.toString());
      strings(expect, "says").forEach(text -> assertThat(said).contains(server.fill(text)));
      strings(expect, "never").forEach(text -> assertThat(said).doesNotContain(text));
      strings(expect, "fix")
          .forEach(text -> assertThat(report.path("fix").asText()).contains(server.fill(text)));
      strings(expect, "remedy")
          .forEach(
              text ->
                  assertThat(report.path("remedy").path("code").asText())
                      .as(printed)
                      .containsIgnoringCase(server.fill(text)));
      if (expect.has("verdict")) {
        assertThat(report.get("verdict")).isEqualTo(expect.get("verdict"));
      }
      if (expect.has("cause")) {
        assertThat(report.get("cause")).as(printed).isEqualTo(expect.get("cause"));
      }
      List<String> notes = report.path("notes").findValuesAsText("id");
      assertThat(notes).containsAll(strings(expect, "notes"));
      strings(expect, "notNotes").forEach(id -> assertThat(notes).doesNotContain(id));
      assertThat(report.findValuesAsText("check")).containsAll(strings(expect, "checks"));
    }
  }

  /** What the report says in its own words, without the exchange that it repeats. */
  private static String said(JsonNode report, String beside) {
    StringBuilder said = new StringBuilder(beside);
    for (String member : List.of("says", "why", "fix")) {
      report.findValuesAsText(member).forEach(text -> said.append('\n').append(text));
    }
    return said.toString();
  }

  private static List<String> strings(JsonNode expect, String member) {
    return expect.path(member).valueStream().map(JsonNode::asText).toList();
  }

  /** The server of a case, on loopback and a free port; names and paths are left as they are. */
  private static final class Server implements AutoCloseable {
    private final ServerSocket socket;
    private final int page;
    private final JsonNode rules;

    Server(JsonNode given) throws IOException {
      String address = given.path("ipv6").asBoolean() ? "::1" : "127.0.0.1";
      socket = new ServerSocket(0, 50, InetAddress.getByName(address));
      // The page cannot be visited: nobody listens there any more.
      try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        page = closed.getLocalPort();
      }
      rules = given.get("server");
      Thread thread = new Thread(this::accept, "field");
      thread.setDaemon(true);
      thread.start();
    }

    String fill(String text) {
      return text.replace("{port}", String.valueOf(socket.getLocalPort()))
          .replace("{page}", String.valueOf(page));
    }

    private void accept() {
      while (!socket.isClosed()) {
        try (Socket connection = socket.accept()) {
          answer(connection);
        } catch (IOException closed) {
          // The client gave up, or the case is over.
        }
      }
    }

    private void answer(Socket connection) throws IOException {
      BufferedReader in =
          new BufferedReader(
              new InputStreamReader(connection.getInputStream(), StandardCharsets.ISO_8859_1));
      String[] line = Objects.requireNonNullElse(in.readLine(), "").split(" ", 3);
      if (line.length < 3) {
        return;
      }
      Headers headers = headers(in);
      int length = Integer.parseInt(Objects.requireNonNullElse(headers.get("Content-Length"), "0"));
      in.skip(length);
      for (JsonNode rule : rules) {
        if (fits(rule.path("when"), line[0], line[1], headers)) {
          connection.getOutputStream().write(response(rule, line[0], headers));
          return;
        }
      }
      connection.getOutputStream().write("HTTP/1.1 404 x\r\n\r\n".getBytes(ISO_8859_1));
    }

    private static Headers headers(BufferedReader in) throws IOException {
      Headers headers = Headers.of();
      String line;
      while ((line = in.readLine()) != null && !line.isEmpty()) {
        String[] parts = line.split(":", 2);
        headers = headers.with(parts[0], parts[1].strip());
      }
      return headers;
    }

    private static boolean fits(JsonNode when, String method, String path, Headers headers) {
      return method.equals(when.path("method").asText(method))
          && path.startsWith(when.path("path").asText(""))
          && when.path("present").valueStream().allMatch(name -> headers.contains(name.asText()))
          && when.path("has")
              .propertyStream()
              .allMatch(
                  has ->
                      Pattern.compile(has.getValue().asText())
                          .matcher(Objects.requireNonNullElse(headers.get(has.getKey()), ""))
                          .find());
    }

    private byte[] response(JsonNode rule, String method, Headers request) {
      int status = rule.get("status").asInt();
      StringBuilder head = new StringBuilder("HTTP/1.1 " + status + " x\r\n");
      for (JsonNode header : rule.path("headers")) {
        String origin = Objects.requireNonNullElse(request.get("Origin"), "*");
        String value = fill(header.get(1).asText()).replace("{origin}", origin);
        head.append(header.get(0).asText()).append(": ").append(value).append("\r\n");
      }
      String body = rule.path("body").asText("");
      if (status >= 200) {
        head.append("Content-Length: ").append(body.length()).append("\r\n");
      }
      return (head + "\r\n" + (method.equals("HEAD") ? "" : body)).getBytes(ISO_8859_1);
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
