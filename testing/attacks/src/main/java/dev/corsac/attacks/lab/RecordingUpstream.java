package dev.corsac.attacks.lab;

import dev.corsac.attacks.http.Http1Reader;
import dev.corsac.attacks.http.LenientReader;
import dev.corsac.attacks.http.Message;
import dev.corsac.attacks.http.Reading;
import dev.corsac.attacks.http.Reading.Malformed;
import dev.corsac.attacks.http.Reading.Whole;
import dev.corsac.attacks.http.Text;
import dev.corsac.attacks.http.Threads;
import dev.corsac.attacks.http.Wire;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/**
 * The strictest reader of HTTP there can be, and every careless one at once: what it is sent must
 * be what RFC 9112 lets a sender write, must be one request whoever reads it, and nothing may
 * follow before the response.
 *
 * <p>Responds to each request with its secret, or does what a {@link Script} says.
 */
public final class RecordingUpstream implements Upstream {
  private final ServerSocket listener;
  private final Queue<Seen> seen = new ConcurrentLinkedQueue<>();
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
  private final Set<Socket> connections = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Script script;
  private volatile CountDownLatch over = new CountDownLatch(0);

  public RecordingUpstream() {
    try {
      listener = new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Threads.start("upstream", this::accept);
  }

  @Override
  public int port() {
    return listener.getLocalPort();
  }

  /** Plays it to its client, once; the latch opens when it is over. */
  public CountDownLatch play(Script script) {
    CountDownLatch played = new CountDownLatch(1);
    over = played;
    this.script = script;
    return played;
  }

  @Override
  public List<Seen> seen() {
    return drain(seen);
  }

  @Override
  public List<String> complaints() {
    return drain(complaints);
  }

  private static <T> List<T> drain(Queue<T> queue) {
    List<T> all = new ArrayList<>();
    for (T next = queue.poll(); next != null; next = queue.poll()) {
      all.add(next);
    }
    return all;
  }

  private void accept() {
    try {
      while (true) {
        Socket socket = listener.accept();
        connections.add(socket);
        Threads.start("upstream", () -> serve(socket));
      }
    } catch (IOException e) {
      // Closed.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      socket.setTcpNoDelay(true);
      Connection connection = new Connection(socket);
      while (connection.serveOne()) {}
    } catch (IOException e) {
      // The proxy is gone; what it sent until then is on record.
    } finally {
      connections.remove(socket);
    }
  }

  /** Complains if the bytes of one request are more to some server. */
  private void compare(String bytes) {
    for (LenientReader reader : LenientReader.ALL) {
      int count = reader.count(bytes);
      if (count != 1) {
        complaints.add("is " + count + " requests by " + reader + ": " + Text.quote(bytes));
        return;
      }
    }
  }

  /** One connection of the proxy. */
  private final class Connection {
    private final Wire wire;
    private final Socket socket;

    Connection(Socket socket) throws IOException {
      this.socket = socket;
      this.wire = new Wire(socket);
    }

    /** Whether the connection goes on. */
    boolean serveOne() throws IOException {
      while (true) {
        Reading reading = Http1Reader.STRICT.request(wire.unread(), 0);
        if (reading instanceof Whole whole) {
          return respond(whole);
        }
        if (reading instanceof Malformed malformed) {
          complaints.add(malformed.why() + " in " + Text.quote(wire.unread()));
          return false;
        }
        Script playing = scriptOf(wire.unread());
        if (playing != null
            && playing.when() == Script.When.HEAD
            && wire.unread().contains("\r\n\r\n")) {
          return play(playing, false);
        }
        if (!wire.read(0)) {
          return false;
        }
      }
    }

    private static String client(Message request) {
      return request.values("X-Forwarded-For").stream().findFirst().orElse("");
    }

    private @Nullable Script scriptOf(String head) {
      Script current = script;
      return current != null && head.contains(current.name()) ? current : null;
    }

    private boolean respond(Whole whole) throws IOException {
      String bytes = wire.take(whole.end());
      Message request = whole.message();
      String head = bytes.substring(0, bytes.indexOf("\r\n\r\n"));
      String name = Secret.nameIn(head).orElse("");
      if (!request.target().startsWith(Innocents.TARGET)) {
        seen.add(new Seen(client(request), name, request));
        compare(bytes);
      }
      if (!wire.unread().isEmpty() || wire.available()) {
        complaints.add("bytes after the request, before its response: " + Text.quote(bytes));
      }
      Script playing = scriptOf(head);
      if (playing != null) {
        return play(playing, true);
      }
      wire.send(Secret.response(name, !request.method().equals("HEAD")));
      return true;
    }

    /**
     * Once: a client that asks again gets its own response.
     *
     * @param whole whether all of the request has been taken
     */
    private boolean play(Script playing, boolean whole) throws IOException {
      script = null;
      CountDownLatch played = over;
      try {
        return steps(playing, whole);
      } finally {
        played.countDown();
      }
    }

    /** Takes what has had its response before it was there; false if it does not come. */
    private boolean skipRequest() throws IOException {
      over.countDown();
      while (true) {
        if (Http1Reader.STRICT.request(wire.unread(), 0) instanceof Whole whole) {
          wire.take(whole.end());
          return true;
        }
        if (!wire.read(0)) {
          return false;
        }
      }
    }

    private boolean steps(Script playing, boolean whole) throws IOException {
      for (Script.Step step : playing.steps()) {
        if (step instanceof Script.Send send) {
          wire.send(send.bytes());
        } else if (step instanceof Script.Pause pause) {
          Threads.sleep(pause.millis());
        } else if (step instanceof Script.Close close) {
          if (close.reset()) {
            Threads.sleep(50);
            socket.setSoLinger(true, 0);
          } else {
            // A close with unread bytes is a reset: what was sent could be lost.
            socket.shutdownOutput();
            wire.skipRest(2_000);
          }
          return false;
        } else {
          wire.skipRest(20_000);
          return false;
        }
      }
      return whole || skipRequest();
    }
  }

  @Override
  public void close() {
    try {
      listener.close();
      for (Socket socket : connections) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
