package dev.corsac.browser;

import dev.corsac.browser.url.Origin;
import dev.corsac.browser.url.Url;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of a {@link Browser}: as much of RFC 6265bis as decides whether a cookie goes along
 * with a page's request.
 *
 * <p>Known: every attribute of RFC 6265bis, its limits on size, its prefixes such as {@code
 * __Host-}, and Partitioned. Not known: limits on the number of cookies. Which domains are public
 * suffixes is asked of {@link Browser.Builder#registrableDomain}. Not thread-safe.
 * https://fetch.spec.whatwg.org/#append-a-request-cookie-header.
 */
public final class CookieJar {
  private final Engine engine;
  private final Sites sites;
  private final Clock clock;
  private final List<Cookie> cookies = new ArrayList<>();

  CookieJar(Engine engine, Sites sites, Clock clock) {
    this.engine = engine;
    this.sites = sites;
    this.clock = clock;
  }

  private record Cookie(
      String name,
      String value,
      String domain,
      boolean hostOnly,
      String path,
      boolean secure,
      boolean crossSite,
      Instant expires,
      @Nullable String partition) {
    boolean isSame(Cookie other) {
      return name.equals(other.name)
          && domain.equals(other.domain)
          && hostOnly == other.hostOnly
          && path.equals(other.path)
          && Objects.equals(partition, other.partition);
    }

    /** Whether the other one would take its place, or stand before it (RFC 6265bis, 5.7, 15). */
    boolean isOverlaidBy(Cookie other) {
      return name.equals(other.name)
          && (domainMatches(domain, other.domain) || domainMatches(other.domain, domain))
          && pathMatches(other.path, path);
    }
  }

  /**
   * Stores a cookie as if a page of that URL had been visited and answered with this {@code
   * Set-Cookie} value.
   */
  public void set(String url, String setCookie) {
    Url parsed = Url.parse(url);
    if (parsed == null || !parsed.isHttp()) {
      throw new IllegalArgumentException(
          "'" + url + "' is not an http or https URL. Give the URL that sets the cookie.");
    }
    set(parsed, setCookie, true, sites.site(parsed.origin()));
  }

  /** Removes every cookie. */
  public void clear() {
    cookies.clear();
  }

  /** The storage model, RFC 6265bis, 5.7. */
  private void set(Url url, String setCookie, boolean sameSite, String site) {
    SetCookie asked = SetCookie.parse(setCookie, clock.instant(), engine);
    String host = Objects.requireNonNullElse(url.host(), "");
    String domain = asked == null ? null : domain(asked.domain(), host);
    if (asked == null || domain == null) {
      return;
    }
    boolean hostOnly = domain.isEmpty();
    boolean secureTransport = url.scheme().equals("https") || Sites.isLoopback(host);
    if ((asked.secure() && !secureTransport)
        || ((asked.crossSite() || asked.partitioned()) && !asked.secure())
        || (!asked.crossSite() && !sameSite)
        || !asked.keepsPrefix(hostOnly)) {
      return;
    }
    String path = asked.path();
    Cookie cookie =
        new Cookie(
            asked.name(),
            asked.value(),
            hostOnly ? host : domain,
            hostOnly,
            path == null || !path.startsWith("/") ? defaultPath(url.path()) : path,
            asked.secure(),
            asked.crossSite(),
            asked.expires(),
            asked.partitioned() ? site : null);
    if (!cookie.secure
        && !secureTransport
        && cookies.stream().anyMatch(old -> old.secure && old.isOverlaidBy(cookie))) {
      return;
    }
    int place = placeOf(cookie);
    cookies.removeIf(cookie::isSame);
    if (cookie.expires.isAfter(clock.instant())) {
      cookies.add(place, cookie);
    }
  }

  /** The one it replaces hands down its time of creation. */
  private int placeOf(Cookie cookie) {
    for (int i = 0; i < cookies.size(); i++) {
      if (cookies.get(i).isSame(cookie)) {
        return i;
      }
    }
    return cookies.size();
  }

  /** The domain that an attribute names for a host: empty is the host alone, null is refused. */
  private @Nullable String domain(String attribute, String host) {
    if (attribute.isEmpty()) {
      return "";
    }
    String domain = attribute.startsWith(".") ? attribute.substring(1) : attribute;
    if (domain.isEmpty() || !domainMatches(host, domain)) {
      return null;
    }
    return !sites.isPublicSuffix(domain) ? domain : domain.equals(host) ? "" : null;
  }

  private static String defaultPath(String path) {
    int slash = path.lastIndexOf('/');
    return slash <= 0 ? "/" : path.substring(0, slash);
  }

  private static boolean domainMatches(String host, String domain) {
    boolean address = host.startsWith("[") || host.matches("[\\d.]+");
    return host.equals(domain) || (!address && host.endsWith("." + domain));
  }

  /** Stores what a response sets. */
  void store(Request request, Headers answer) {
    boolean sameSite = isSameSite(request);
    String site = sites.site(request.origin);
    answer.values("Set-Cookie").forEach(value -> set(request.currentUrl(), value, sameSite, site));
  }

  /** The value of the {@code Cookie} header, empty if no cookie goes along. */
  String headerFor(Request request) {
    Url url = request.currentUrl();
    String host = Objects.requireNonNullElse(url.host(), "");
    boolean secure =
        url.scheme().equals("https")
            || (Sites.isLoopback(host) && engine.departs(Departure.COOKIES_SECURE_TO_LOOPBACK));
    boolean sameSite = isSameSite(request);
    Instant now = clock.instant();
    String site = sites.site(request.origin);
    List<Cookie> sent = new ArrayList<>();
    for (Cookie cookie : cookies) {
      if ((cookie.hostOnly ? host.equals(cookie.domain) : domainMatches(host, cookie.domain))
          && pathMatches(url.path(), cookie.path)
          && (!cookie.secure || secure)
          && (cookie.crossSite || sameSite)
          && (cookie.partition == null || cookie.partition.equals(site))
          && cookie.expires.isAfter(now)) {
        sent.add(cookie);
      }
    }
    // Longer paths first, then the older one, which is the order they are in.
    sent.sort(Comparator.comparingInt(cookie -> -cookie.path.length()));
    return sent.stream()
        .map(cookie -> cookie.name.isEmpty() ? cookie.value : cookie.name + "=" + cookie.value)
        .collect(Collectors.joining("; "));
  }

  private static boolean pathMatches(String path, String cookiePath) {
    return path.equals(cookiePath)
        || (path.startsWith(cookiePath)
            && (cookiePath.endsWith("/") || path.charAt(cookiePath.length()) == '/'));
  }

  /** https://fetch.spec.whatwg.org/#determine-the-same-site-mode. */
  private boolean isSameSite(Request request) {
    if (!isSameSite(request.origin, request.currentUrl().origin())) {
      return false;
    }
    if (engine.departs(Departure.COOKIES_IGNORE_REDIRECT_TAINT)) {
      return true;
    }
    if (engine.departs(Departure.COOKIES_TO_OWN_HOST_DESPITE_DETOUR)
        && Objects.equals(request.origin.host(), request.currentUrl().host())) {
      return true;
    }
    return request.urlList.stream().allMatch(url -> isSameSite(request.origin, url.origin()));
  }

  private boolean isSameSite(Origin a, Origin b) {
    return engine.departs(Departure.COOKIES_SCHEMELESS_SITE)
        ? sites.isSchemelesslySameSite(a, b)
        : sites.isSameSite(a, b);
  }
}
