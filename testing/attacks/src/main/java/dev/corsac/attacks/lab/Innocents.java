package dev.corsac.attacks.lab;

import dev.corsac.attacks.http.Http1Client;
import dev.corsac.attacks.http.Http2Client;
import dev.corsac.attacks.http.Reading;
import dev.corsac.attacks.http.Reading.Whole;
import dev.corsac.attacks.http.Text;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Clients that do nothing wrong, over HTTP/1.0, 1.1 and 2, beside the attackers on the same
 * connections to the upstream. Each must get its own response, whole, and nothing else.
 */
public final class Innocents implements AutoCloseable {
  /** How their targets start. */
  public static final String TARGET = "/innocent/";

  private static final int PATIENCE_MILLIS = 10_000;

  /** More than the gateway has event loops, so that each of its pools is used. */
  private static final int KEPT = Math.min(8, 2 * Runtime.getRuntime().availableProcessors());

  private final int port;
  private final boolean http2;
  private final List<Http1Client> kept = new ArrayList<>();

  Innocents(int port, boolean http2) {
    this.port = port;
    this.http2 = http2;
  }

  /** One request of each; what was wrong with the responses. */
  List<String> ask() throws IOException {
    List<String> wrong = new ArrayList<>();
    while (kept.size() < KEPT) {
      kept.add(new Http1Client(port));
    }
    for (int i = 0; i < KEPT; i++) {
      String name = Secret.newName();
      String request = get(name, "HTTP/1.1");
      Http1Client client = kept.get(i);
      client.send(request);
      Reading reading = client.response("GET", PATIENCE_MILLIS);
      if (client.ended() && client.received().isEmpty()) {
        // It had closed the idle connection, as it may.
        client.close();
        client = new Http1Client(port);
        kept.set(i, client);
        client.send(request);
        reading = client.response("GET", PATIENCE_MILLIS);
      }
      if (!judge("HTTP/1.1", name, reading, client.received(), wrong) || client.ended()) {
        client.close();
        kept.set(i, new Http1Client(port));
      } else {
        client.forget();
      }
    }
    askOld(wrong);
    if (http2) {
      askHttp2(wrong);
    }
    return wrong;
  }

  private void askOld(List<String> wrong) throws IOException {
    String name = Secret.newName();
    try (Http1Client client = new Http1Client(port)) {
      client.send(get(name, "HTTP/1.0"));
      Reading reading = client.response("GET", PATIENCE_MILLIS);
      judge("HTTP/1.0", name, reading, client.received(), wrong);
    }
  }

  private void askHttp2(List<String> wrong) throws IOException {
    String name = Secret.newName();
    try (Http2Client client = new Http2Client(port)) {
      client.get(1, TARGET + name);
      client.ends(1, PATIENCE_MILLIS);
      Http2Client.Stream stream = client.on(1);
      if (!stream.status().equals("200") || !stream.body().equals(Secret.of(name))) {
        wrong.add("HTTP/2 innocent got " + stream.status() + " " + Text.quote(client.received()));
      }
    }
  }

  private static String get(String name, String version) {
    return "GET " + TARGET + name + " " + version + "\r\nHost: a.example\r\n\r\n";
  }

  private static boolean judge(
      String version, String name, Reading reading, String received, List<String> wrong) {
    boolean right =
        reading instanceof Whole whole
            && whole.message().status() == 200
            && whole.message().body().equals(Secret.of(name))
            && whole.end() == received.length();
    if (!right) {
      wrong.add(version + " innocent " + name + " got " + Text.quote(received));
    }
    return right;
  }

  @Override
  public void close() {
    for (Http1Client client : kept) {
      try {
        client.close();
      } catch (IOException e) {
        // Nothing is lost.
      }
    }
  }
}
