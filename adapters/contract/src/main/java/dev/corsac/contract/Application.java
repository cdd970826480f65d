package dev.corsac.contract;

import dev.corsac.contract.Reply.Header;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The tiny application that every server under test hosts on all its paths.
 *
 * <p>A server hands it method, path and two headers of a request, and does as the {@link Reply}
 * says. It counts how often it ran for a call, by the header or the path {@code /run/<call>}, and
 * tells on {@code GET /calls/<call>}. Thread-safe.
 */
public final class Application {
  /** The request header that names a {@link Behaviour}; without it the application is ok. */
  public static final String DOES = "Contract-Does";

  /** The request header that names the call, for counting. */
  public static final String CALL = "Contract-Call";

  private static final String CALLS = "/calls/";

  /** A path that names the call as well, for pages that can set no header. */
  private static final String RUN = "/run/";

  private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();

  /** One that has not run yet. */
  public Application() {}

  /** Runs. */
  public Reply run(String method, String path, @Nullable String does, @Nullable String call) {
    if (path.startsWith(CALLS)) {
      AtomicInteger count = calls.get(path.substring(CALLS.length()));
      String body = count == null ? "0" : count.toString();
      return new Reply(200, List.of(new Header("Content-Type", "text/plain")), body, Manner.WRITE);
    }
    if (path.startsWith(RUN)) {
      calls
          .computeIfAbsent(path.substring(RUN.length()), id -> new AtomicInteger())
          .incrementAndGet();
    }
    if (call != null) {
      calls.computeIfAbsent(call, id -> new AtomicInteger()).incrementAndGet();
    }
    return Behaviour.of(does == null ? "ok" : does).reply(method);
  }
}
