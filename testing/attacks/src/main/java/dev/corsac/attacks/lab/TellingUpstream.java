package dev.corsac.attacks.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.corsac.attacks.http.Message;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A real server as the upstream, which tells in lines of JSON what reached it. */
final class TellingUpstream implements Upstream {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Program program;
  private final int port;
  private final @Nullable Path log;
  private long read;
  private final List<Seen> seen = new ArrayList<>();
  private final List<String> complaints = new ArrayList<>();

  private TellingUpstream(Program program, int port, @Nullable Path log) {
    this.program = program;
    this.port = port;
    this.log = log;
  }

  static TellingUpstream node() {
    String node = Program.find("node");
    Path folder = Program.newFolder();
    Program.writeResource("node-upstream.js", folder.resolve("upstream.js"), Map.of());
    Program program = new Program(folder, Map.of(), List.of(node, "upstream.js"));
    try {
      int port = JSON.readTree(program.awaitLine("{\"port\":")).path("port").intValue();
      return new TellingUpstream(program, port, null);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  static TellingUpstream nginx() {
    String nginx = Program.find("nginx");
    Path folder = Program.newFolder();
    int port = Program.freePort();
    Program.writeResource(
        "nginx-upstream.conf",
        folder.resolve("nginx.conf"),
        Map.of("port", Integer.toString(port)));
    Program program =
        new Program(
            folder,
            Map.of(),
            List.of(nginx, "-p", folder.toString(), "-c", "nginx.conf", "-e", "error.log"));
    program.awaitPort(port);
    return new TellingUpstream(program, port, folder.resolve("told.log"));
  }

  @Override
  public int port() {
    return port;
  }

  @Override
  public boolean tellsContent() {
    return log == null;
  }

  @Override
  public boolean takesAll() {
    return false;
  }

  @Override
  public List<Seen> seen() throws IOException {
    readLines();
    List<Seen> all = List.copyOf(seen);
    seen.clear();
    return all;
  }

  @Override
  public List<String> complaints() throws IOException {
    readLines();
    List<String> all = List.copyOf(complaints);
    complaints.clear();
    return all;
  }

  private void readLines() throws IOException {
    if (log == null) {
      for (String line = program.pollLine(); line != null; line = program.pollLine()) {
        take(JSON.readTree(line));
      }
      return;
    }
    byte[] bytes = Files.readAllBytes(log);
    String fresh = new String(bytes, (int) read, bytes.length - (int) read, StandardCharsets.UTF_8);
    int end = fresh.lastIndexOf('\n') + 1;
    read += fresh.substring(0, end).getBytes(StandardCharsets.UTF_8).length;
    for (String line : fresh.substring(0, end).lines().toList()) {
      take(JSON.readTree(line));
    }
  }

  private void take(JsonNode told) {
    String target = told.path("target").asText();
    String complaint = told.path("complaint").asText();
    if (!complaint.isEmpty() || told.path("status").asInt(200) == 400) {
      // Both servers know fewer methods and targets than the standard; of nginx no more is known.
      if (!complaint.isEmpty() && !complaint.equals("HPE_INVALID_METHOD")) {
        complaints.add(complaint);
      }
    } else if (!target.startsWith(Innocents.TARGET)) {
      String line = told.path("method").asText() + " " + target + " HTTP/1.1";
      seen.add(
          new Seen(
              told.path("client").asText(),
              Secret.nameIn(target).orElse(""),
              new Message(line, List.of(), told.path("body").asText())));
    }
  }

  @Override
  public void close() {
    program.close();
  }
}
