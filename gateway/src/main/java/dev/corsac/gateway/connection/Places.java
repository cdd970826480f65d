package dev.corsac.gateway.connection;

import dev.corsac.config.Limits;
import java.net.InetAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The places that there are for connections, in all and of one address.
 *
 * <p>When few places are left, connections that only wait for a request give theirs up: first those
 * that have never sent a whole head, or are in the middle of one, then those between two requests;
 * of each kind those first that have waited longest. So whoever opens many connections and sends
 * nothing, or half a head, keeps nobody out for long.
 *
 * <p>Newcomers are let in on the listener's event loop only; they may leave on any thread.
 */
final class Places {
  /** Four times what an idle connection takes, with all that Netty and Vert.x keep of it. */
  private static final long BYTES_A_CONNECTION = 48 * 1024;

  /** One place in so many is kept free. */
  private static final int SPARE = 16;

  /** How often all connections are looked at, at most; there may be very many. */
  private static final long BETWEEN_LOOKS = TimeUnit.MILLISECONDS.toNanos(100);

  private final int mostThatFit =
      (int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / BYTES_A_CONNECTION);
  private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
  private final Map<InetAddress, Integer> addresses = new ConcurrentHashMap<>();

  /**
   * Those that waited when last looked at, in the order in which they go; of the listener's event
   * loop.
   */
  private final Deque<ClientConnection> waiting = new ArrayDeque<>();

  private final Map<InetAddress, Deque<ClientConnection>> waitingOf = new HashMap<>();
  private long looked = System.nanoTime() - BETWEEN_LOOKS;

  /** Those that have a place. */
  Collection<ClientConnection> taken() {
    return connections;
  }

  /**
   * Whether there is a place for a connection from this address.
   *
   * @return null if there is, else why not, for the log
   */
  @Nullable String whyNone(InetAddress network, Limits limits) {
    int most = Math.min(limits.connections(), mostThatFit);
    int all = connections.size();
    if (isShort(all, most)) {
      makeRoom(all >= most ? most / SPARE + 1 : 1, null);
    }
    int mostOfAddress = limits.connectionsPerAddress();
    int ofAddress = addresses.getOrDefault(network, 0);
    if (isShort(ofAddress, mostOfAddress)) {
      makeRoom(ofAddress >= mostOfAddress ? mostOfAddress / SPARE + 1 : 1, network);
    }
    if (all >= most) {
      return most < limits.connections()
          ? "there are " + most + ", which is what the heap has room for (-Xmx)."
          : "there are " + most + ", which is all that limits.connections allows.";
    }
    return ofAddress >= mostOfAddress
        ? "it has " + mostOfAddress + ", which is all that limits.connections_per_address allows."
        : null;
  }

  private static boolean isShort(int taken, int most) {
    return taken >= most - most / SPARE;
  }

  void take(ClientConnection connection) {
    connections.add(connection);
    addresses.merge(connection.network(), 1, Integer::sum);
  }

  void leave(ClientConnection connection) {
    if (connections.remove(connection)) {
      addresses.computeIfPresent(
          connection.network(), (same, many) -> many == 1 ? null : Integer.valueOf(many - 1));
    }
  }

  /** Asks some that wait to leave, of this address or, if null, of any. */
  private void makeRoom(int many, @Nullable InetAddress network) {
    for (int asked = 0; asked < many; ) {
      ClientConnection first = longestWaiting(network);
      if (first != null) {
        if (first.patience().giveWay()) {
          first.giveWay();
          asked++;
        }
      } else if (System.nanoTime() - looked < BETWEEN_LOOKS) {
        return;
      } else {
        look();
      }
    }
  }

  private @Nullable ClientConnection longestWaiting(@Nullable InetAddress network) {
    if (network == null) {
      return waiting.poll();
    }
    Deque<ClientConnection> those = waitingOf.get(network);
    return those == null ? null : those.poll();
  }

  private void look() {
    record Waiting(ClientConnection connection, boolean head, long nanos) {}
    List<Waiting> all = new ArrayList<>();
    for (ClientConnection connection : connections) {
      Patience patience = connection.patience();
      long nanos = patience.waited();
      if (nanos > 0) {
        all.add(new Waiting(connection, patience.isHeadAwaited(), nanos));
      }
    }
    all.sort(Comparator.comparing(Waiting::head).thenComparing(Waiting::nanos).reversed());
    waiting.clear();
    waitingOf.clear();
    for (Waiting one : all) {
      ClientConnection connection = one.connection();
      waiting.add(connection);
      waitingOf.computeIfAbsent(connection.network(), first -> new ArrayDeque<>()).add(connection);
    }
    looked = System.nanoTime();
  }
}
