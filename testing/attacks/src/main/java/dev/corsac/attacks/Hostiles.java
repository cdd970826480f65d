package dev.corsac.attacks;

import dev.corsac.attacks.http.Http1Client;
import dev.corsac.attacks.http.Reading;
import dev.corsac.attacks.http.Reading.Whole;
import dev.corsac.attacks.http.Text;
import dev.corsac.attacks.http.Threads;
import dev.corsac.attacks.lab.Innocents;
import dev.corsac.attacks.lab.Secret;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;

/**
 * Clients that want the gateway to run out of something: of room for what it notes of each origin,
 * of time for lists of headers, of connections.
 *
 * <p>Thread-safe.
 */
final class Hostiles {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int DRIP_MILLIS = 500;
  private static final int LIST_MILLIS = 20;
  private static final int PIPELINED = 40;

  /** As text, 8 KB each. */
  private static final List<String> LISTS =
      List.of(
          "Access-Control-Request-Headers: " + ",".repeat(8_000) + "\r\n",
          "Access-Control-Request-Headers: " + "x-a,".repeat(2_000) + "x-b\r\n",
          "Access-Control-Request-Headers: x-" + "a".repeat(8_000) + "\r\n",
          ("Access-Control-Request-Headers: " + "x-c, ".repeat(30) + "x-d\r\n").repeat(42));

  private final int port;
  private final String host;
  private final AtomicLong origins = new AtomicLong();
  private final AtomicLong lists = new AtomicLong();
  private final AtomicLong slow = new AtomicLong();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();

  /**
   * Hostile clients.
   *
   * @param host whom they ask
   */
  Hostiles(int port, String host) {
    this.port = port;
    this.host = host;
  }

  /** What they have done. */
  @Override
  public String toString() {
    return origins + " hostile origins, " + lists + " lists of 8 KB, " + slow + " slow clients";
  }

  List<String> wrong() {
    return List.copyOf(wrong);
  }

  /** Asks once from each of so many origins that nobody allows, evenly until then. */
  void origins(long count, long endNanos) {
    long start = System.nanoTime();
    try (Client client = new Client()) {
      for (long i = 0; i < count; i++) {
        long due = start + (endNanos - start) / count * i;
        while (System.nanoTime() < due) {
          Threads.sleep(1);
        }
        long number = origins.incrementAndGet();
        String method = number % 3 == 0 ? "OPTIONS" : number % 3 == 1 ? "POST" : "GET";
        String asked =
            "Origin: https://n" + Long.toHexString(number * 0x9E3779B97F4A7C15L) + ".evil.example";
        String lines =
            asked
                + (number % 3 == 0 ? "\r\nAccess-Control-Request-Method: PUT\r\n" : "\r\n")
                + (number % 3 == 1 ? "Content-Length: 0\r\n" : "");
        client.ask(method, lines, number % 3 == 2 ? 200 : 403);
      }
    } catch (IOException e) {
      wrong.add(e.toString());
    }
  }

  /** Asks for leave to send thousands of headers, from a page that is allowed. */
  void lists(BooleanSupplier goesOn) {
    try (Client client = new Client()) {
      for (int i = 0; goesOn.getAsBoolean(); i++) {
        client.ask(
            "OPTIONS",
            "Origin: https://page.example\r\nAccess-Control-Request-Method: GET\r\n"
                + LISTS.get(i % LISTS.size()),
            200);
        lists.incrementAndGet();
        Threads.sleep(LIST_MILLIS);
      }
    } catch (IOException e) {
      wrong.add(e.toString());
    }
  }

  /** Keeps so many connections that send a head or a body in drops, or take no response. */
  void slow(int count, BooleanSupplier goesOn) {
    List<Slow> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clients.add(new Slow(i % 3));
    }
    while (goesOn.getAsBoolean()) {
      clients.forEach(Slow::drip);
      Threads.sleep(DRIP_MILLIS);
    }
    clients.forEach(Slow::close);
  }

  private String head(String method) {
    return method
        + " "
        + Innocents.TARGET
        + Secret.newName()
        + " HTTP/1.1\r\nHost: "
        + host
        + "\r\n";
  }

  /** One that waits for its responses, and connects again when it has to. */
  private final class Client implements AutoCloseable {
    private Http1Client connection;

    Client() throws IOException {
      connection = new Http1Client(port);
    }

    void ask(String method, String lines, int status) throws IOException {
      if (connection.ended()) {
        connection.close();
        connection = new Http1Client(port);
      }
      connection.send(head(method) + lines + "\r\n");
      Reading reading = connection.response(method, PATIENCE_MILLIS);
      boolean right = reading instanceof Whole whole && whole.message().status() == status;
      boolean open = connection.received().contains("evil.example");
      boolean idle = connection.ended() && connection.received().isEmpty();
      if ((!right || open) && !idle && wrong.size() < 20) {
        wrong.add(method + " of a hostile client got " + Text.quote(connection.received()));
      }
      connection.forget();
    }

    @Override
    public void close() throws IOException {
      connection.close();
    }
  }

  /** One that starts anew when the gateway has had enough of it. */
  private final class Slow {
    private final int kind;
    private Socket socket = new Socket();

    Slow(int kind) {
      this.kind = kind;
    }

    void drip() {
      try {
        if (!socket.isConnected() || socket.isClosed()) {
          socket = new Socket(InetAddress.getLoopbackAddress(), port);
          slow.incrementAndGet();
          String start =
              switch (kind) {
                case 0 -> head("GET");
                case 1 -> head("POST") + "Content-Length: 100000\r\n\r\n";
                default -> (head("GET") + "\r\n").repeat(PIPELINED);
              };
          send(start);
        } else {
          send(kind == 2 ? head("GET") + "\r\n" : "x");
        }
      } catch (IOException e) {
        close();
      }
    }

    private void send(String bytes) throws IOException {
      socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
    }

    void close() {
      try {
        socket.close();
      } catch (IOException e) {
        // It is gone.
      }
    }
  }
}
