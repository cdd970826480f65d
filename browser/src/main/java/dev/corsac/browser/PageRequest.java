package dev.corsac.browser;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a page's JavaScript (or markup) asks for, before the browser has looked at it.
 *
 * <pre>{@code
 * PageRequest.fetch("https://api.example.com/data")
 *     .method("POST")
 *     .header("Content-Type", "application/json")
 *     .credentials(CredentialsMode.INCLUDE)
 *     .body(Body.text("{}"))
 * }</pre>
 *
 * <p>Anything a page may write is permitted, wrong things too: forbidden headers, unknown modes or
 * URLs that do not parse end in the {@link Outcome} a real page would see. Each method returns a
 * new request. Immutable and thread-safe. https://fetch.spec.whatwg.org/#request-class.
 */
public final class PageRequest {
  /** By which means a page asks. */
  enum Api {
    FETCH,
    XHR,
    IMG,
    SCRIPT,
    MODULE,
    STYLE,
    FONT,
    EVENTSOURCE
  }

  private final Fields fields;

  private PageRequest(Fields fields) {
    this.fields = fields;
  }

  /** {@code fetch(url)}. */
  public static PageRequest fetch(String url) {
    return of(Api.FETCH, url);
  }

  /** An asynchronous XMLHttpRequest. */
  public static PageRequest xhr(String url) {
    return of(Api.XHR, url);
  }

  /** {@code <img src=url>}. */
  public static PageRequest img(String url) {
    return of(Api.IMG, url);
  }

  /** {@code <script src=url>}. */
  public static PageRequest script(String url) {
    return of(Api.SCRIPT, url);
  }

  /** {@code <script type=module src=url>}. */
  public static PageRequest module(String url) {
    return of(Api.MODULE, url);
  }

  /** {@code <link rel=stylesheet href=url>}. */
  public static PageRequest style(String url) {
    return of(Api.STYLE, url);
  }

  /** A font of a {@code @font-face} rule. */
  public static PageRequest font(String url) {
    return of(Api.FONT, url);
  }

  /** {@code new EventSource(url)}. */
  public static PageRequest eventSource(String url) {
    return of(Api.EVENTSOURCE, url);
  }

  private static PageRequest of(Api api, String url) {
    return new PageRequest(new Fields(api, Objects.requireNonNull(url, "url")));
  }

  /** The method, {@code GET} by default. */
  public PageRequest method(String method) {
    return change(copy -> copy.method = Objects.requireNonNull(method, "method"));
  }

  /** One more header: appended by fetch, set by {@code setRequestHeader} for an XMLHttpRequest. */
  public PageRequest header(String name, String value) {
    return change(
        copy -> {
          copy.headers = new ArrayList<>(copy.headers);
          copy.headers.add(new Header(name, value));
        });
  }

  /**
   * The mode as the page writes it: {@code cors} (default), {@code no-cors}, {@code same-origin}.
   */
  public PageRequest mode(String mode) {
    return change(copy -> copy.mode = Objects.requireNonNull(mode, "mode"));
  }

  /**
   * The credentials mode; {@code INCLUDE} is {@code withCredentials} of XMLHttpRequest,
   * EventSource.
   */
  public PageRequest credentials(CredentialsMode credentials) {
    return change(copy -> copy.credentials = Objects.requireNonNull(credentials, "credentials"));
  }

  /** The redirect mode. */
  public PageRequest redirect(RedirectMode redirect) {
    return change(copy -> copy.redirect = Objects.requireNonNull(redirect, "redirect"));
  }

  /** The cache mode. */
  public PageRequest cache(CacheMode cache) {
    return change(copy -> copy.cache = Objects.requireNonNull(cache, "cache"));
  }

  /** The referrer policy, {@code strict-origin-when-cross-origin} by default. */
  public PageRequest referrerPolicy(String policy) {
    return change(copy -> copy.referrerPolicy = Objects.requireNonNull(policy, "policy"));
  }

  /** The body. */
  public PageRequest body(Body body) {
    return change(copy -> copy.body = Objects.requireNonNull(body, "body"));
  }

  /** The {@code crossorigin} attribute of an element; without it there is none. */
  public PageRequest crossorigin(String attribute) {
    return change(copy -> copy.crossorigin = Objects.requireNonNull(attribute, "attribute"));
  }

  /** Whether the XMLHttpRequest has a listener on its {@code upload} object when it is sent. */
  public PageRequest uploadListener(boolean present) {
    return change(copy -> copy.uploadListener = present);
  }

  /** Makes the XMLHttpRequest a synchronous one. */
  public PageRequest synchronous() {
    return change(copy -> copy.synchronous = true);
  }

  private PageRequest change(java.util.function.Consumer<Fields> change) {
    Fields copy = new Fields(fields);
    change.accept(copy);
    return new PageRequest(copy);
  }

  Api api() {
    return fields.api;
  }

  /** The URL as the page writes it. */
  public String url() {
    return fields.url;
  }

  /** The method as the page writes it. */
  public String method() {
    return fields.method;
  }

  /** The headers as the page writes them. */
  public List<Header> headers() {
    return fields.headers;
  }

  /** The mode as the page writes it. */
  public String mode() {
    return fields.mode;
  }

  /** The credentials mode. */
  public CredentialsMode credentials() {
    return fields.credentials;
  }

  RedirectMode redirect() {
    return fields.redirect;
  }

  CacheMode cache() {
    return fields.cache;
  }

  String referrerPolicy() {
    return fields.referrerPolicy;
  }

  @Nullable Body body() {
    return fields.body;
  }

  @Nullable String crossorigin() {
    return fields.crossorigin;
  }

  boolean hasUploadListener() {
    return fields.uploadListener;
  }

  boolean isSynchronous() {
    return fields.synchronous;
  }

  @Override
  public String toString() {
    return fields.api + " " + fields.method + " " + fields.url;
  }

  /** The values; written only before they are shared. */
  private static final class Fields {
    private final Api api;
    private final String url;
    private String method = "GET";
    private List<Header> headers = List.of();
    private String mode = "cors";
    private CredentialsMode credentials = CredentialsMode.SAME_ORIGIN;
    private RedirectMode redirect = RedirectMode.FOLLOW;
    private CacheMode cache = CacheMode.DEFAULT;
    private String referrerPolicy = "strict-origin-when-cross-origin";
    private @Nullable Body body;
    private @Nullable String crossorigin;
    private boolean uploadListener;
    private boolean synchronous;

    Fields(Api api, String url) {
      this.api = api;
      this.url = url;
    }

    Fields(Fields from) {
      this(from.api, from.url);
      method = from.method;
      headers = from.headers;
      mode = from.mode;
      credentials = from.credentials;
      redirect = from.redirect;
      cache = from.cache;
      referrerPolicy = from.referrerPolicy;
      body = from.body;
      crossorigin = from.crossorigin;
      uploadListener = from.uploadListener;
      synchronous = from.synchronous;
    }
  }
}
