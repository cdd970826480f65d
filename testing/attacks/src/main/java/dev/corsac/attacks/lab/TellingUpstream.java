package dev.corsac.attacks.lab;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.corsac.attacks.http.Http1Client;
import dev.corsac.attacks.http.Message;
import dev.corsac.attacks.http.Text;
import dev.corsac.attacks.http.Threads;
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

  private static final int PATIENCE_MILLIS = 5_000;

  private final Program program;
  private final int port;
  private final @Nullable Path log;
  private long read;
  private String mark = "";
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
    readAll();
    List<Seen> all = List.copyOf(seen);
    seen.clear();
    return all;
  }

  @Override
  public List<String> complaints() throws IOException {
    readAll();
    List<String> all = List.copyOf(complaints);
    complaints.clear();
    return all;
  }

  /** Asks for itself, and reads until that is told: by then, what came before has been. */
  private void readAll() throws IOException {
    mark = Innocents.TARGET + Secret.newName();
    try (Http1Client client = new Http1Client(port)) {
      client.send("GET " + mark + " HTTP/1.1\r\nHost: a.example\r\nConnection: close\r\n\r\n");
      client.closes(PATIENCE_MILLIS);
    }
    for (int waited = 0; !mark.isEmpty() && waited < PATIENCE_MILLIS; waited += 5) {
      readLines();
      Threads.sleep(mark.isEmpty() ? 0 : 5);
    }
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
    if (target.equals(mark)) {
      mark = "";
    }
    String complaint = told.path("complaint").asText();
    if (!complaint.isEmpty() || told.path("status").asInt(200) == 400) {
      // Both servers know fewer methods and targets than the standard; of nginx no more is known.
      String bytes = told.path("bytes").asText();
      if (!complaint.isEmpty() && !isLimit(complaint, bytes)) {
        complaints.add(complaint + " in " + Text.quote(bytes));
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

  /** Whether Node.js says no more than what it does not take; PRI is to it the start of HTTP/2. */
  private static boolean isLimit(String complaint, String bytes) {
    return complaint.equals("HPE_INVALID_METHOD")
        || complaint.equals("HPE_HEADER_OVERFLOW")
        || bytes.startsWith("PRI ");
  }

  @Override
  public void close() {
    program.close();
  }
}
