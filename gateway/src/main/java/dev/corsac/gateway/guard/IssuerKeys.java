package dev.corsac.gateway.guard;

import com.nimbusds.jose.jwk.AsymmetricJWK;
import com.nimbusds.jose.jwk.JWK;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.KeyUse;
import com.nimbusds.jose.jwk.RSAKey;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that an issuer publishes (RFC 7517 section 5), fetched again every five minutes, and
 * when a token names a key that is not among them. Tokens with made-up names cause one fetch in ten
 * seconds at most.
 *
 * <p>While the issuer is down the keys from before count, for a day at most. Thread-safe.
 */
@SuppressWarnings("FutureReturnValueIgnored") // whatever becomes of them, take() is told
public final class IssuerKeys implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger("corsac");

  private static final long FRESH = TimeUnit.MINUTES.toNanos(5);
  private static final long USABLE = TimeUnit.DAYS.toNanos(1);
  private static final long BETWEEN = TimeUnit.SECONDS.toNanos(10);
  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final int MOST_BYTES = 512 * 1024;
  private static final int FEWEST_RSA_BITS = 2048;

  private final URI uri;
  private final HttpClient client;
  private final ScheduledFuture<?> refresh;
  private @Nullable JWKSet keys;
  private long fetchedAt;
  private long askedAt = System.nanoTime() - BETWEEN;
  private @Nullable CompletableFuture<Void> asking;
  private String lastProblem = "";

  /** Begins to fetch. */
  public IssuerKeys(URI uri, HttpClient client, ScheduledExecutorService clock) {
    this.uri = uri;
    this.client = client;
    this.refresh = clock.scheduleWithFixedDelay(this::refresh, 0, BETWEEN, TimeUnit.NANOSECONDS);
  }

  /** What may be used to fetch keys: follows no redirect, since whoever redirects decides. */
  public static HttpClient client() {
    return HttpClient.newBuilder()
        .connectTimeout(PATIENCE)
        .followRedirects(HttpClient.Redirect.NEVER)
        .build();
  }

  /** Those that count now; null if there are none. */
  synchronized @Nullable JWKSet current() {
    return keys != null && System.nanoTime() - fetchedAt < USABLE ? keys : null;
  }

  /** Whether it is time to ask again, or somebody is asking. */
  synchronized boolean mayAsk() {
    return asking != null || System.nanoTime() - askedAt >= BETWEEN;
  }

  /** Fetches the keys; what is returned ends well also if that does not. */
  synchronized CompletableFuture<Void> ask() {
    CompletableFuture<Void> running = asking;
    if (running != null) {
      return running;
    }
    askedAt = System.nanoTime();
    HttpRequest request =
        HttpRequest.newBuilder(uri).timeout(PATIENCE).header("Accept", "application/json").build();
    CompletableFuture<HttpResponse<byte[]>> response =
        client.sendAsync(request, head -> new Bounded());
    CompletableFuture<Void> done = new CompletableFuture<>();
    asking = done;
    response
        .orTimeout(2 * PATIENCE.toSeconds(), TimeUnit.SECONDS)
        .whenComplete(
            (got, problem) -> {
              response.cancel(true);
              take(got, problem);
              done.complete(null);
            });
    return done;
  }

  private synchronized void take(
      @Nullable HttpResponse<byte[]> response, @Nullable Throwable problem) {
    asking = null;
    try {
      if (response == null || problem != null) {
        throw new IOException("no response");
      }
      if (response.statusCode() != 200) {
        throw new IOException("the status is " + response.statusCode());
      }
      keys = usable(JWKSet.parse(new String(response.body(), StandardCharsets.UTF_8)));
      fetchedAt = System.nanoTime();
      lastProblem = "";
    } catch (ParseException | IOException | RuntimeException e) {
      String said = e instanceof IOException ? String.valueOf(e.getMessage()) : "no set of keys";
      if (!said.equals(lastProblem)) {
        lastProblem = said;
        log.warn("corsac  jwt: no keys from {}: {}; those from before stay", uri, said);
      }
    }
  }

  /** Public keys that are for signatures and not too short. */
  private static JWKSet usable(JWKSet all) throws IOException {
    List<JWK> usable =
        all.getKeys().stream()
            .filter(key -> key instanceof AsymmetricJWK)
            .filter(key -> key.getKeyUse() == null || key.getKeyUse().equals(KeyUse.SIGNATURE))
            .filter(key -> !(key instanceof RSAKey) || key.size() >= FEWEST_RSA_BITS)
            .map(JWK::toPublicJWK)
            .toList();
    if (usable.isEmpty()) {
      throw new IOException("none of the keys is one to check signatures with");
    }
    return new JWKSet(usable);
  }

  private void refresh() {
    boolean due;
    synchronized (this) {
      due = keys == null || System.nanoTime() - fetchedAt >= FRESH;
    }
    if (due) {
      ask();
    }
  }

  /** Fetches no more. */
  @Override
  public void close() {
    refresh.cancel(false);
  }

  /** Takes a body that is not too long. */
  private static final class Bounded implements HttpResponse.BodySubscriber<byte[]> {
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private Flow.@Nullable Subscription subscription;

    @Override
    public CompletionStage<byte[]> getBody() {
      return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription from) {
      subscription = from;
      from.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> parts) {
      for (ByteBuffer part : parts) {
        byte[] read = new byte[part.remaining()];
        part.get(read);
        bytes.writeBytes(read);
      }
      if (bytes.size() > MOST_BYTES && subscription != null) {
        subscription.cancel();
        body.completeExceptionally(new IOException("the response is too long"));
      }
    }

    @Override
    public void onError(Throwable problem) {
      body.completeExceptionally(problem);
    }

    @Override
    public void onComplete() {
      body.complete(bytes.toByteArray());
    }
  }
}
