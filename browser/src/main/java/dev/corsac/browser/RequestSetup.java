package dev.corsac.browser;

import dev.corsac.browser.url.Ascii;
import dev.corsac.browser.url.Url;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** From what the page wrote to a request of the standard: one method per API. */
final class RequestSetup {
  /** {@code third_party/blink/renderer/platform/network/http_parsers.cc}. */
  private static final Pattern CHARSET =
      Pattern.compile(
          "((?<=[\\x00- ;])charset[\\x00- ]*=[\\x00- \"']*)[^\\x00- \"';]+",
          Pattern.CASE_INSENSITIVE);

  private final Engine engine;
  private final Page page;
  private final PageRequest call;

  private RequestSetup(Engine engine, Page page, PageRequest call) {
    this.engine = engine;
    this.page = page;
    this.call = call;
  }

  static Request of(Engine engine, Page page, PageRequest call) throws InvalidCallException {
    RequestSetup setup = new RequestSetup(engine, page, call);
    Request request =
        switch (call.api()) {
          case FETCH -> setup.fetch();
          case XHR -> setup.xhr();
          default -> setup.element();
        };
    if (engine.departs(Departure.RANGE_REWRITTEN)) {
      request.headers.replaceAll(
          header ->
              header.name().equalsIgnoreCase("Range")
                  ? new Header(header.name(), RequestHeaders.rewrittenRange(header.value(), engine))
                  : header);
    }
    request.begin();
    request.needsPreflight =
        request.unsafeRequest
            && engine.departs(Departure.REDIRECT_DROPPED_HEADERS_PREFLIGHTED)
            && !RequestHeaders.unsafeNames(request.checkedHeaders(), engine).isEmpty();
    return request;
  }

  private @Nullable Url parseUrl() {
    Url base = page.baseUrl();
    return Url.parse(call.url(), base, engine.urlRules());
  }

  /** The Request constructor, https://fetch.spec.whatwg.org/#dom-request. */
  private Request fetch() throws InvalidCallException {
    Url url = parseUrl();
    if (url == null) {
      throw typeError("the URL '" + call.url() + "' does not parse");
    }
    if (url.includesCredentials()) {
      throw typeError("the URL '" + call.url() + "' includes a user name or password");
    }
    Request request = new Request(call.api(), page, url);
    request.unsafeRequest = true;
    request.mode =
        switch (call.mode()) {
          case "cors" -> Request.Mode.CORS;
          case "no-cors" -> Request.Mode.NO_CORS;
          case "same-origin" -> Request.Mode.SAME_ORIGIN;
          default -> throw typeError("the mode '" + call.mode() + "' is not for pages to use");
        };
    request.credentials = call.credentials();
    request.referrerPolicy = call.referrerPolicy();
    request.redirect = call.redirect();
    request.cache = call.cache();
    if (request.cache == CacheMode.ONLY_IF_CACHED && request.mode != Request.Mode.SAME_ORIGIN) {
      throw typeError("cache mode only-if-cached goes with mode same-origin only");
    }
    if (!HttpGrammar.isToken(call.method()) || HttpGrammar.isForbiddenMethod(call.method())) {
      throw typeError("the method '" + call.method() + "' is not a method, or a forbidden one");
    }
    request.method = HttpGrammar.normalizeMethod(call.method());
    if (request.mode == Request.Mode.NO_CORS && !HttpGrammar.isSafelistedMethod(request.method)) {
      throw typeError("mode no-cors permits no method but GET, HEAD and POST");
    }
    for (Header header : call.headers()) {
      append(request, header.name(), header.value());
    }
    Body body = call.body();
    if (body != null) {
      if (request.method.equals("GET") || request.method.equals("HEAD")) {
        throw typeError("a request with method " + request.method + " has no body");
      }
      String type = body.contentType();
      if (type != null && !request.hasHeader("Content-Type")) {
        appendBodyType(request, type);
      }
      if (body.isStream()) {
        request.useCorsPreflight = true;
      }
      request.body = body;
    }
    return request;
  }

  /** https://fetch.spec.whatwg.org/#concept-headers-append. */
  private void append(Request request, String name, String rawValue) throws InvalidCallException {
    String value = HttpGrammar.normalize(rawValue);
    if (!HttpGrammar.isToken(name) || !HttpGrammar.isHeaderValue(value)) {
      throw typeError("'" + name + ": " + rawValue + "' is not a header");
    }
    if (isForbidden(name, value)) {
      return;
    }
    if (request.mode == Request.Mode.NO_CORS) {
      String before = Headers.of(request.headers).get(name);
      String temporaryValue = before == null ? value : before + ", " + value;
      if (!RequestHeaders.isNoCorsSafelisted(name, temporaryValue, engine)) {
        return;
      }
    }
    request.headers.add(new Header(nameAsBefore(request, name), value));
  }

  private void appendBodyType(Request request, String type) throws InvalidCallException {
    if (engine.departs(Departure.NO_CORS_BODY_TYPE_KEPT)) {
      request.headers.add(new Header("Content-Type", type));
    } else {
      append(request, "Content-Type", type);
    }
  }

  /** https://fetch.spec.whatwg.org/#concept-header-list-append: the first spelling stays. */
  private static String nameAsBefore(Request request, String name) {
    return request.headers.stream()
        .map(Header::name)
        .filter(name::equalsIgnoreCase)
        .findFirst()
        .orElse(name);
  }

  private boolean isForbidden(String name, String value) {
    return RequestHeaders.isForbidden(name, value)
        || (name.equalsIgnoreCase("User-Agent")
            && engine.departs(Departure.USER_AGENT_NOT_SETTABLE));
  }

  /** open, setRequestHeader and send, https://xhr.spec.whatwg.org/#interface-xmlhttprequest. */
  private Request xhr() throws InvalidCallException {
    if (!HttpGrammar.isToken(call.method())) {
      throw new InvalidCallException("SyntaxError", "'" + call.method() + "' is not a method");
    }
    if (HttpGrammar.isForbiddenMethod(call.method())) {
      throw new InvalidCallException("SecurityError", "the method is forbidden");
    }
    Url url = parseUrl();
    if (url == null) {
      throw new InvalidCallException("SyntaxError", "the URL '" + call.url() + "' does not parse");
    }
    Request request = new Request(call.api(), page, url);
    request.method = HttpGrammar.normalizeMethod(call.method());
    request.unsafeRequest = true;
    request.mode = Request.Mode.CORS;
    request.credentials =
        call.credentials() == CredentialsMode.INCLUDE
            ? CredentialsMode.INCLUDE
            : CredentialsMode.SAME_ORIGIN;
    for (Header header : call.headers()) {
      setRequestHeader(request, header);
    }
    Body body = request.method.equals("GET") || request.method.equals("HEAD") ? null : call.body();
    if (body != null) {
      xhrContentType(request, body);
      request.body = body;
    }
    request.useCorsPreflight = call.hasUploadListener() && uploadListenerCounts(body);
    return request;
  }

  private boolean uploadListenerCounts(@Nullable Body body) {
    if (engine.departs(Departure.UPLOAD_LISTENER_NEEDS_BODY)) {
      return body != null && !call.isSynchronous();
    }
    return !(call.isSynchronous() && engine.departs(Departure.SYNC_XHR_UPLOAD_LISTENER_IGNORED));
  }

  /** https://xhr.spec.whatwg.org/#the-setrequestheader()-method. */
  private void setRequestHeader(Request request, Header header) throws InvalidCallException {
    String value = HttpGrammar.normalize(header.value());
    if (!HttpGrammar.isToken(header.name()) || !HttpGrammar.isHeaderValue(value)) {
      throw new InvalidCallException("SyntaxError", "'" + header + "' is not a header");
    }
    if (!isForbidden(header.name(), value)) {
      combine(request.headers, new Header(header.name(), value));
    }
  }

  /** https://fetch.spec.whatwg.org/#concept-header-list-combine. */
  private static void combine(List<Header> headers, Header header) {
    for (int i = 0; i < headers.size(); i++) {
      Header before = headers.get(i);
      if (before.name().equalsIgnoreCase(header.name())) {
        headers.set(i, new Header(before.name(), before.value() + ", " + header.value()));
        return;
      }
    }
    headers.add(header);
  }

  /** https://xhr.spec.whatwg.org/#the-send()-method, the part about Content-Type. */
  private void xhrContentType(Request request, Body body) {
    String authorType = Headers.of(request.headers).get("Content-Type");
    boolean text =
        body.kind() == Body.Kind.STRING
            || body.kind() == Body.Kind.HTML_DOCUMENT
            || body.kind() == Body.Kind.XML_DOCUMENT;
    if (authorType == null) {
      String type = body.contentType();
      if (type != null && !(body.kind() == Body.Kind.BLOB && xhrDropsBlobType(type))) {
        addBodyType(request, body, type);
      }
      return;
    }
    text &= !engine.departs(Departure.XHR_CHARSET_NOT_REWRITTEN);
    if (text && engine.departs(Departure.XHR_CHARSET_REPLACED_IN_TEXT)) {
      setContentType(request, CHARSET.matcher(authorType).replaceAll("$1UTF-8"));
      return;
    }
    MimeType type = text ? MimeType.parse(authorType) : null;
    String charset = type == null ? null : type.parameters().get("charset");
    if (charset != null && !charset.equalsIgnoreCase("UTF-8")) {
      String rewritten = Objects.requireNonNull(type).withParameter("charset", "UTF-8").toString();
      setContentType(request, rewritten);
    }
  }

  private void addBodyType(Request request, Body body, String type) {
    boolean lowerCase =
        body.kind() == Body.Kind.STRING
            && page.context().isWorker()
            && engine.departs(Departure.XHR_CHARSET_LOWER_CASE_IN_WORKERS);
    Header header = new Header("Content-Type", lowerCase ? Ascii.lower(type) : type);
    request.headers.add(header);
    if (body.kind() == Body.Kind.BLOB
        && type.length() > 128
        && engine.departs(Departure.XHR_BLOB_TYPE_TOO_LONG)) {
      request.unchecked = header;
    }
  }

  private static void setContentType(Request request, String type) {
    request.headers.replaceAll(
        header ->
            header.name().equalsIgnoreCase("Content-Type")
                ? new Header(header.name(), type)
                : header);
  }

  private boolean xhrDropsBlobType(String type) {
    return (engine.departs(Departure.XHR_BLOB_TYPE_MUST_PARSE) && MimeType.parse(type) == null)
        || (engine.departs(Departure.XHR_BLOB_PARAMETERS_NEED_VALUES) && lacksValue(type));
  }

  private static boolean lacksValue(String type) {
    String[] parts = type.split(";", -1);
    for (int i = 1; i < parts.length; i++) {
      if (parts[i].indexOf('=') <= 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * An element: https://html.spec.whatwg.org/#create-a-potential-cors-request, and the like for
   * modules, fonts and event sources.
   */
  private Request element() throws InvalidCallException {
    Url url = parseUrl();
    if (url == null) {
      throw new InvalidCallException("SyntaxError", "the URL '" + call.url() + "' does not parse");
    }
    Request request = new Request(call.api(), page, url);
    String crossorigin = call.crossorigin();
    boolean useCredentials = "use-credentials".equalsIgnoreCase(crossorigin);
    switch (call.api()) {
      case FONT -> {
        if (engine.departs(Departure.FONT_WITHOUT_CORS)) {
          request.mode = Request.Mode.NO_CORS;
          request.credentials = CredentialsMode.INCLUDE;
        } else {
          request.mode = Request.Mode.CORS;
        }
      }
      case EVENTSOURCE -> {
        request.mode = Request.Mode.CORS;
        useCredentials = call.credentials() == CredentialsMode.INCLUDE;
        request.cache = CacheMode.NO_STORE;
      }
      case MODULE -> request.mode = Request.Mode.CORS;
      default -> {
        request.mode = crossorigin == null ? Request.Mode.NO_CORS : Request.Mode.CORS;
        useCredentials |= crossorigin == null;
      }
    }
    if (useCredentials) {
      request.credentials = CredentialsMode.INCLUDE;
    }
    return request;
  }

  private static InvalidCallException typeError(String message) {
    return new InvalidCallException("TypeError", message);
  }
}
