package dev.corsac.lab;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What clients of the lab can take of it, and that they give it back. */
@SuppressWarnings("NullAway.Init")
class BoundsTest {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final int MANY = 80;
  private static final int TRIES = 200;

  private static LabServers lab;

  @BeforeAll
  static void start() throws IOException {
    lab = new LabServers(Duration.ofSeconds(1));
  }

  @AfterAll
  static void stop() {
    lab.close();
  }

  @Test
  void bodiesThatNeverCome_areBounded_cutOff_andGiveTheirPlacesBack() throws Exception {
    List<Socket> slow = new ArrayList<>();
    int refused = 0;
    for (int i = 0; i < MANY; i++) {
      slow.add(upload("/lab/check", "{"));
    }
    for (Socket each : slow) {
      try (each) {
        String response = read(each);
        assertThat(response).matches("(?s)|HTTP/1.1 503 .*Many ask at once.*");
        refused += response.isEmpty() ? 0 : 1;
      }
    }
    assertThat(refused).isGreaterThanOrEqualTo(MANY - LabHandler.MOST_MODEL_ASKERS);
    assertThat(post("/lab/check", experiment()).statusCode()).isEqualTo(200);
    try (Socket sandbox = upload(run() + "/api/data", "{", lab.origins().sandbox())) {
      assertThat(read(sandbox)).isEmpty();
    }
  }

  @Test
  void uploadsThatAreGivenUp_giveTheirPlacesBack() throws Exception {
    for (int i = 0; i < 20; i++) {
      upload("/lab/har", "{\"log\": {").close();
    }
    HttpResponse<String> response = post("/lab/har", "{\"log\": {\"entries\": []}}");
    for (int i = 0; i < TRIES && response.statusCode() == 503; i++) {
      Thread.sleep(50);
      response = post("/lab/har", "{\"log\": {\"entries\": []}}");
    }
    assertThat(response.statusCode()).isEqualTo(200);
  }

  @Test
  void aStep_keepsSoMuch_andNoMore_untilItEnds() throws Exception {
    String run = run();
    String large = "\"" + "x".repeat(16_000) + "\"";
    int served = 0;
    while (post(run + "/api/data", large, lab.origins().sandbox()).statusCode() == 201) {
      served++;
    }
    // Each is kept twice: the API says what it received.
    assertThat(served).isBetween(4, Run.MOST_KEPT / 32_000 + 1);
    String id = run.split("/", -1)[1];
    assertThat(post("/lab/runs/" + id + "/reports", "{\"step\": 0}").statusCode()).isEqualTo(200);
    assertThat(post(run + "/api/data", large, lab.origins().sandbox()).statusCode()).isEqualTo(201);
  }

  @Test
  void lettersOfSeveralBytes_arriveWhole_whereverTheyAreCut() throws Exception {
    String run = run();
    byte[] body = "\"\u00fc\u20ac\"".getBytes(StandardCharsets.UTF_8);
    URI sandbox = URI.create(lab.origins().sandbox());
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), sandbox.getPort())) {
      String head =
          "POST "
              + run
              + "/api/data HTTP/1.1\r\nHost: "
              + sandbox.getAuthority()
              + "\r\nConnection: close\r\nContent-Length: "
              + body.length
              + "\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
      for (byte each : body) {
        socket.getOutputStream().write(each);
        socket.getOutputStream().flush();
        Thread.sleep(20);
      }
      String response = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(response).contains("\"received\":\"\u00fc\u20ac\"");
    }
  }

  /** Where a new run's requests go, without the server. */
  private static String run() throws Exception {
    JsonObject bases =
        new JsonObject(post("/lab/runs", experiment()).body()).getJsonObject("bases");
    return URI.create(bases.getString("listed")).getPath();
  }

  private static String experiment() {
    return new JsonObject()
        .put("policy", "cors: {allow_origins: [\"" + lab.origins().listed() + "\"]}")
        .put("steps", new JsonArray().add(new JsonObject().put("path", "/api/data")))
        .encode();
  }

  private static HttpResponse<String> post(String path, String body) throws Exception {
    return post(path, body, lab.origins().listed());
  }

  private static HttpResponse<String> post(String path, String body, String server)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server + path))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static Socket upload(String path, String start) throws IOException {
    return upload(path, start, lab.origins().listed());
  }

  /** A client that has sent the start of a body, and sends no more. */
  private static Socket upload(String path, String start, String server) throws IOException {
    URI url = URI.create(server);
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), url.getPort());
    String head =
        "POST "
            + path
            + " HTTP/1.1\r\nHost: "
            + url.getAuthority()
            + "\r\nConnection: close\r\nContent-Length: 1000\r\n\r\n";
    socket.getOutputStream().write((head + start).getBytes(StandardCharsets.ISO_8859_1));
    return socket;
  }

  /** What comes until the server closes the connection. */
  private static String read(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }
}
