package dev.corsac.browser;

import dev.corsac.browser.url.Url;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Why a page gets no response: the cause, and everything that a browser's message about it names
 * (https://fetch.spec.whatwg.org/#concept-network-error).
 *
 * <p>Immutable and thread-safe.
 */
public final class NetworkError {
  private final Cause cause;
  private final String parameter;
  private final List<String> refusedHeaders;
  private final Url url;
  private final Url firstUrl;
  private final Url previousUrl;
  private final String origin;
  private final String pageOrigin;
  private final List<Header> requestHeaders;
  private final PageRequest.Api api;
  private final boolean crossOriginCors;
  private final boolean corsMode;
  private final boolean ofWorker;
  private final boolean preflightDue;
  private final int status;
  private final Headers answer;

  NetworkError(Cause cause, String parameter, Request request, @Nullable WireResponse answer) {
    this(cause, parameter, List.of(), request, answer);
  }

  NetworkError(
      Cause cause,
      String parameter,
      List<String> refusedHeaders,
      Request request,
      @Nullable WireResponse answer) {
    this.cause = cause;
    this.parameter = parameter;
    this.refusedHeaders = refusedHeaders;
    this.url = request.currentUrl();
    this.firstUrl = request.url();
    this.previousUrl = request.urlList.get(Math.max(0, request.urlList.size() - 2));
    this.origin = request.serializedOrigin();
    this.pageOrigin = request.origin.toString();
    this.requestHeaders =
        Stream.concat(request.headers.stream(), request.droppedByRedirect.stream()).toList();
    this.api = request.api;
    this.preflightDue = request.needsPreflight || !HttpGrammar.isSafelistedMethod(request.method);
    this.ofWorker = request.page.context().isWorker();
    this.corsMode = request.mode == Request.Mode.CORS;
    this.crossOriginCors = request.tainting == Request.Tainting.CORS;
    this.status = answer == null ? 0 : answer.status();
    this.answer = answer == null ? Headers.of() : answer.headers();
  }

  private NetworkError(NetworkError from, Cause cause) {
    this.cause = cause;
    this.parameter = from.parameter;
    this.refusedHeaders = from.refusedHeaders;
    this.url = from.url;
    this.firstUrl = from.firstUrl;
    this.previousUrl = from.previousUrl;
    this.origin = from.origin;
    this.pageOrigin = from.pageOrigin;
    this.requestHeaders = from.requestHeaders;
    this.api = from.api;
    this.preflightDue = from.preflightDue;
    this.ofWorker = from.ofWorker;
    this.corsMode = from.corsMode;
    this.crossOriginCors = from.crossOriginCors;
    this.status = from.status;
    this.answer = from.answer;
  }

  /** The cause. */
  public Cause cause() {
    return cause;
  }

  /**
   * What the cause is about: the header value, method or header name that was refused; empty if
   * there is none.
   */
  public String parameter() {
    return parameter;
  }

  /** Every request header that was refused; {@link #parameter()} is the first. */
  public List<String> refusedHeaders() {
    return refusedHeaders;
  }

  /** The {@code failedParameter} of Chromium's {@code Network.CorsErrorStatus}. */
  public String chromiumParameter() {
    return switch (cause) {
      case PREFLIGHT_ALLOW_METHODS_INVALID, PREFLIGHT_ALLOW_HEADERS_INVALID -> "";
      default -> cause.isCors() ? parameter : "";
    };
  }

  /** The URL that was asked for when it happened, after redirects. */
  public String url() {
    return url.withoutFragment();
  }

  /** The origin the server saw, {@code null} after a redirect between foreign origins. */
  public String origin() {
    return origin;
  }

  /** The status of the response that was refused, or 0 if there was none. */
  public int status() {
    return status;
  }

  /**
   * The line that the engine's console prints first, or null where it prints none or one that has
   * nothing to do with CORS.
   */
  public @Nullable String consoleLine(Engine engine) {
    return Console.line(engine, this);
  }

  /** The page's origin. */
  public String pageOrigin() {
    return pageOrigin;
  }

  /** The same error as if the preflight's response were the actual one. */
  NetworkError ofActualResponse() {
    return new NetworkError(this, cause.ofActualResponse());
  }

  List<Header> requestHeaders() {
    return requestHeaders;
  }

  /** Whether the next message would have been a preflight. */
  boolean isPreflightDue() {
    return preflightDue;
  }

  boolean isOfWorker() {
    return ofWorker;
  }

  boolean isCorsMode() {
    return corsMode;
  }

  /** Whether the request was under the CORS protocol when it happened. */
  boolean isCrossOriginCors() {
    return crossOriginCors;
  }

  Url urlValue() {
    return url;
  }

  /** The URL whose redirect led here. */
  Url previousUrl() {
    return previousUrl;
  }

  Url firstUrl() {
    return firstUrl;
  }

  PageRequest.Api api() {
    return api;
  }

  Headers answer() {
    return answer;
  }

  @Override
  public String toString() {
    return cause + (parameter.isEmpty() ? "" : " '" + parameter + "'") + " at " + url();
  }
}
