package dev.corsac.browser;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What came of a page's request, always with the transcript of every message.
 *
 * <p>Exactly one of {@link Readable} (JavaScript gets the response), {@link Opaque} (it gets one it
 * cannot look into), {@link Blocked} (a network error, with its cause) and {@link Thrown} (the call
 * itself was wrong, nothing was sent).
 *
 * <p>The {@code assert} methods throw an {@link AssertionError} that tells the whole story: each
 * message, the cause, the fix. Immutable and thread-safe.
 */
public abstract sealed class Outcome {
  private final Engine engine;
  private final Page page;
  private final PageRequest request;
  private final List<Exchange> transcript;
  private final List<String> warnings;

  private Outcome(Engine engine, Page page, PageRequest request, @Nullable Fetch fetch) {
    this.engine = engine;
    this.page = page;
    this.request = request;
    this.transcript = fetch == null ? List.of() : List.copyOf(fetch.transcript());
    this.warnings = fetch == null ? List.of() : List.copyOf(fetch.warnings());
  }

  /** Every message, in order. */
  public List<Exchange> transcript() {
    return transcript;
  }

  /** The console lines about what works today and will not one day. */
  public List<String> warnings() {
    return warnings;
  }

  /** The first preflight that was made, if any was. */
  public Optional<Exchange> preflight() {
    return transcript.stream().filter(exchange -> exchange.request().isPreflight()).findFirst();
  }

  /**
   * The response to the last request, which may be a preflight; empty if that got none, or nothing
   * was sent.
   */
  public Optional<WireResponse> lastResponse() {
    return transcript.isEmpty()
        ? Optional.empty()
        : Optional.ofNullable(transcript.get(transcript.size() - 1).response());
  }

  /** Whether JavaScript can read the response. */
  public boolean isReadable() {
    return this instanceof Readable;
  }

  /** Asserts that JavaScript can read the response. */
  public Readable assertReadable() {
    if (this instanceof Readable readable) {
      return readable;
    }
    throw failure("to read the response");
  }

  /** Asserts that the page gets a response it cannot look into. */
  public Opaque assertOpaque() {
    if (this instanceof Opaque opaque) {
      return opaque;
    }
    throw failure("to get an opaque response");
  }

  /** Asserts that the browser keeps the response from the page. */
  public Blocked assertBlocked() {
    if (this instanceof Blocked blocked) {
      return blocked;
    }
    throw failure("to be kept from the response");
  }

  /** Asserts that the browser keeps the response from the page, for this cause. */
  public Blocked assertBlocked(Cause cause) {
    if (this instanceof Blocked blocked && blocked.error().cause() == cause) {
      return blocked;
    }
    throw failure("to be kept from the response because of " + cause);
  }

  /** Asserts that there was a preflight, and returns it. */
  public Exchange assertPreflighted() {
    return preflight().orElseThrow(() -> failure("to make a preflight"));
  }

  /** Asserts that there was no preflight: the request is a simple one, or one was remembered. */
  public Outcome assertNotPreflighted() {
    if (preflight().isPresent()) {
      throw failure("to need no preflight");
    }
    return this;
  }

  /** The whole story: what was asked, every message, what came of it, and the fix. */
  public String story() {
    StringBuilder out = new StringBuilder();
    out.append(engine).append(", ").append(page).append(": ").append(request).append('\n');
    transcript.forEach(out::append);
    out.append("=> ").append(verdict()).append('\n');
    warnings.forEach(line -> out.append("   console: ").append(line).append('\n'));
    return out.toString();
  }

  abstract String verdict();

  AssertionError failure(String expectation) {
    return new AssertionError("Expected JavaScript " + expectation + ", but:\n" + story());
  }

  @Override
  public String toString() {
    return verdict();
  }

  static Outcome of(
      Engine engine,
      Page page,
      PageRequest call,
      Fetch fetch,
      Response response,
      boolean redirected) {
    NetworkError error = response.error();
    if (error != null) {
      return new Blocked(engine, page, call, fetch, error);
    }
    ResponseType type = Objects.requireNonNull(response.filter());
    return type == ResponseType.BASIC || type == ResponseType.CORS
        ? new Readable(engine, page, call, fetch, response, redirected)
        : new Opaque(engine, page, call, fetch, type);
  }

  static Outcome thrown(Engine engine, Page page, PageRequest call, InvalidCallException invalid) {
    return new Thrown(engine, page, call, invalid);
  }

  /** JavaScript gets the response and can read it, as far as headers are exposed. */
  @SuppressWarnings("JavaLangClash") // Always written Outcome.Readable.
  public static final class Readable extends Outcome {
    private final Response response;
    private final boolean redirected;

    private Readable(
        Engine engine,
        Page page,
        PageRequest request,
        Fetch fetch,
        Response response,
        boolean redirected) {
      super(engine, page, request, fetch);
      this.response = response;
      this.redirected = redirected;
    }

    /** {@code BASIC} from the page's own origin, otherwise {@code CORS}. */
    public ResponseType type() {
      return Objects.requireNonNull(response.filter());
    }

    /** The status. */
    public int status() {
      return response.status();
    }

    /** Whether a redirect was followed. */
    public boolean redirected() {
      return redirected;
    }

    /** The URL of the response. */
    public String url() {
      return response.url().withoutFragment();
    }

    /** The headers JavaScript sees: lower-case names, sorted, values joined. */
    public Map<String, String> headers() {
      return response.headers().sortedAndCombined();
    }

    /** The value of a header JavaScript sees, or null. */
    public @Nullable String header(String name) {
      return response.headers().get(name);
    }

    /** The body as UTF-8. */
    public String body() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    /** Why reading the body fails, or null if it does not. */
    public @Nullable String bodyError() {
      return response.bodyError();
    }

    /** Asserts the status. */
    public Readable assertStatus(int status) {
      if (status() != status) {
        throw failure("to see status " + status);
      }
      return this;
    }

    /** Asserts that JavaScript sees this value of a header. */
    public Readable assertHeader(String name, String value) {
      if (!value.equals(header(name))) {
        throw failure("to see the header '" + name + ": " + value + "'");
      }
      return this;
    }

    /** Asserts that JavaScript does not see a header: it is absent, or not exposed. */
    public Readable assertNoHeader(String name) {
      if (header(name) != null) {
        throw failure("not to see the header '" + name + "'");
      }
      return this;
    }

    @Override
    String verdict() {
      return "readable, status "
          + status()
          + ", headers "
          + headers()
          + (bodyError() == null ? "" : ", but the body is not: " + bodyError());
    }
  }

  /** JavaScript gets a response, but nothing of it can be read; an image is drawn but taints. */
  public static final class Opaque extends Outcome {
    private final ResponseType type;

    private Opaque(Engine engine, Page page, PageRequest request, Fetch fetch, ResponseType type) {
      super(engine, page, request, fetch);
      this.type = type;
    }

    /** {@code OPAQUE} or {@code OPAQUE_REDIRECT}. */
    public ResponseType type() {
      return type;
    }

    @Override
    String verdict() {
      return "a response of type " + type + ", nothing of which can be read";
    }
  }

  /** The browser keeps the response from the page: a network error. */
  public static final class Blocked extends Outcome {
    private final NetworkError error;

    private Blocked(
        Engine engine, Page page, PageRequest request, Fetch fetch, NetworkError error) {
      super(engine, page, request, fetch);
      this.error = error;
    }

    /** What happened. */
    public NetworkError error() {
      return error;
    }

    @Override
    String verdict() {
      StringBuilder out = new StringBuilder("blocked: ").append(error);
      out.append("\n   step: ").append(error.cause().section());
      for (Engine each : Engine.values()) {
        String line = error.consoleLine(each);
        if (line != null) {
          out.append("\n   console of ").append(each).append(": ").append(line);
        }
      }
      return out.append("\n   fix: ").append(error.cause().fix()).toString();
    }
  }

  /** The call itself is wrong: it throws, or the promise is rejected, before anything is sent. */
  public static final class Thrown extends Outcome {
    private final String errorName;
    private final String rule;

    private Thrown(Engine engine, Page page, PageRequest request, InvalidCallException invalid) {
      super(engine, page, request, null);
      this.errorName = invalid.name();
      this.rule = Objects.requireNonNullElse(invalid.getMessage(), "");
    }

    /** The name of the JavaScript error: {@code TypeError}, {@code SyntaxError}. */
    public String errorName() {
      return errorName;
    }

    /** The rule that was broken. */
    public String rule() {
      return rule;
    }

    @Override
    String verdict() {
      return "a " + errorName + ": " + rule;
    }
  }
}
