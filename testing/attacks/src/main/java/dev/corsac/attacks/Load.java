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
 * Requests of many clients at once: GETs, POSTs with bodies, preflights, and POSTs that the policy
 * denies. Each response is held against what it must be.
 *
 * <p>Thread-safe.
 */
final class Load {
  private static final int THREADS = 8;
  private static final int PATIENCE_MILLIS = 20_000;
  private static final String BODY = "b".repeat(2_000);
  private static final String HALF_BODY = "b".repeat(20_000);

  private final int port;
  private final String host;
  private final AtomicLong sent = new AtomicLong();
  private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
  private volatile Latencies latencies = new Latencies();

  Load(int port) {
    this(port, "a.example");
  }

  /**
   * Load.
   *
   * @param host whom the requests ask
   */
  Load(int port, String host) {
    this.port = port;
    this.host = host;
  }

  long sent() {
    return sent.get();
  }

  List<String> wrong() {
    return List.copyOf(wrong);
  }

  /** Those since the last call. */
  Latencies takeLatencies() {
    Latencies taken = latencies;
    latencies = new Latencies();
    return taken;
  }

  /** Sends so many, and waits for all responses. */
  void requests(long count) {
    AtomicLong left = new AtomicLong(count);
    inParallel(() -> requestsWhile(() -> left.getAndDecrement() > 0, 0));
  }

  /**
   * Sends one after another on a connection of its own.
   *
   * @param pauseMillis between two
   */
  void requestsWhile(BooleanSupplier more, int pauseMillis) {
    Http1Client client = null;
    try {
      for (int i = 0; more.getAsBoolean(); i++) {
        if (client == null || client.ended()) {
          client = new Http1Client(port);
        }
        ask(client, i % 10);
        if (pauseMillis > 0) {
          Threads.sleep(pauseMillis);
        }
      }
      if (client != null) {
        client.close();
      }
    } catch (IOException e) {
      wrong.add(e.toString());
    }
  }

  private void ask(Http1Client client, int kind) throws IOException {
    String name = Secret.newName();
    int status = kind == 8 ? 200 : kind == 9 ? 403 : 200;
    String body = kind < 6 || kind == 8 ? "" : BODY;
    String head =
        switch (kind) {
          case 6, 7 -> "POST " + Innocents.TARGET + name + " HTTP/1.1\r\n";
          case 8 ->
              "OPTIONS "
                  + Innocents.TARGET
                  + name
                  + " HTTP/1.1\r\nOrigin: https://page.example\r\n"
                  + "Access-Control-Request-Method: PUT\r\n";
          case 9 ->
              "POST " + Innocents.TARGET + name + " HTTP/1.1\r\nOrigin: https://other.example\r\n";
          default ->
              "GET " + Innocents.TARGET + name + " HTTP/1.1\r\nOrigin: https://page.example\r\n";
        };
    String length = body.isEmpty() ? "" : "Content-Length: " + body.length() + "\r\n";
    long start = System.nanoTime();
    client.send(head + "Host: " + host + "\r\n" + length + "\r\n" + body);
    Reading reading = client.response("GET", PATIENCE_MILLIS);
    if (client.ended() && client.received().isEmpty() && kind < 6) {
      // An idle connection may be closed just as it is used again.
      return;
    }
    latencies.add(System.nanoTime() - start);
    sent.incrementAndGet();
    boolean right =
        reading instanceof Whole whole
            && whole.message().status() == status
            && (kind >= 8 || whole.message().body().equals(Secret.of(name)));
    if (!right && wrong.size() < 20) {
      wrong.add("request of kind " + kind + " got " + Text.quote(client.received()));
    }
    client.forget();
  }

  /** Starts so many uploads, and gives each up. */
  void abortedUploads(long count) {
    AtomicLong left = new AtomicLong(count);
    inParallel(
        () -> {
          for (long i = left.getAndDecrement(); i > 0; i = left.getAndDecrement()) {
            abort(i % 3 == 0);
          }
        });
  }

  /** Starts an upload, and gives it up by RST, or by FIN. */
  void abort(boolean gently) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoLinger(!gently, 0);
      String head =
          "POST "
              + Innocents.TARGET
              + Secret.newName()
              + " HTTP/1.1\r\nHost: "
              + host
              + "\r\nContent-Length: 500000\r\n\r\n";
      socket.getOutputStream().write((head + HALF_BODY).getBytes(StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      // The gateway may have closed first.
    }
  }

  private static void inParallel(Runnable work) {
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < THREADS; i++) {
      threads.add(Threads.start("load", work));
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }
}
