package dev.corsac.browser;

import dev.corsac.browser.url.Ascii;
import dev.corsac.browser.url.Origin;
import dev.corsac.browser.url.Url;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The cookies of a {@link Browser}: as much of RFC 6265bis as decides whether a cookie goes along
 * with a page's request.
 *
 * <p>Known: Secure, SameSite (without it: Lax), Domain, Path, Expires, Max-Age. Not known: the
 * limits on size and number, and {@code __Host-} prefixes. Not thread-safe.
 * https://fetch.spec.whatwg.org/#append-a-request-cookie-header.
 */
public final class CookieJar {
  private final Sites sites;
  private final Clock clock;
  private final List<Cookie> cookies = new ArrayList<>();

  CookieJar(Sites sites, Clock clock) {
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
      Instant expires) {
    boolean isSame(Cookie other) {
      return name.equals(other.name) && domain.equals(other.domain) && path.equals(other.path);
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
    set(parsed, setCookie, true);
  }

  /** Removes every cookie. */
  public void clear() {
    cookies.clear();
  }

  private void set(Url url, String setCookie, boolean sameSite) {
    String[] parts = setCookie.split(";", -1);
    int equals = parts[0].indexOf('=');
    String name = equals < 0 ? "" : parts[0].substring(0, equals).strip();
    String value = parts[0].substring(equals + 1).strip();
    if (name.isEmpty() && value.isEmpty()) {
      return;
    }
    String host = Objects.requireNonNullElse(url.host(), "");
    String domain = host;
    boolean hostOnly = true;
    String path = defaultPath(url.path());
    boolean secure = false;
    boolean crossSite = false;
    Instant expires = Instant.MAX;
    boolean maxAgeSeen = false;
    for (int i = 1; i < parts.length; i++) {
      int mark = parts[i].indexOf('=');
      String attribute = Ascii.lower((mark < 0 ? parts[i] : parts[i].substring(0, mark)).strip());
      String argument = mark < 0 ? "" : parts[i].substring(mark + 1).strip();
      switch (attribute) {
        case "secure" -> secure = true;
        case "samesite" -> crossSite = argument.equalsIgnoreCase("none");
        case "path" -> path = argument.startsWith("/") ? argument : path;
        case "domain" -> {
          String wanted = Ascii.lower(argument.startsWith(".") ? argument.substring(1) : argument);
          if (!wanted.isEmpty()) {
            if (!domainMatches(host, wanted)) {
              return;
            }
            domain = wanted;
            hostOnly = false;
          }
        }
        case "max-age" -> {
          Instant end = maxAge(argument);
          maxAgeSeen |= end != null;
          expires = end == null ? expires : end;
        }
        case "expires" -> {
          Instant end = maxAgeSeen ? null : date(argument);
          expires = end == null ? expires : end;
        }
        default -> {}
      }
    }
    boolean secureTransport = url.scheme().equals("https") || Sites.isLoopback(host);
    if ((secure && !secureTransport) || (crossSite && !secure) || (!crossSite && !sameSite)) {
      return;
    }
    Cookie cookie = new Cookie(name, value, domain, hostOnly, path, secure, crossSite, expires);
    cookies.removeIf(cookie::isSame);
    if (expires.isAfter(clock.instant())) {
      cookies.add(cookie);
    }
  }

  private @Nullable Instant maxAge(String argument) {
    if (!argument.matches("-?\\d{1,18}")) {
      return null;
    }
    long seconds = Long.parseLong(argument);
    return seconds <= 0 ? Instant.MIN : clock.instant().plusSeconds(Math.min(seconds, 34_560_000));
  }

  private static @Nullable Instant date(String argument) {
    try {
      return ZonedDateTime.parse(argument.replace('-', ' '), DateTimeFormatter.RFC_1123_DATE_TIME)
          .toInstant();
    } catch (DateTimeException notADate) {
      return null;
    }
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
  void store(Request request, Engine engine, Headers answer) {
    boolean sameSite = isSameSite(request, engine);
    answer.values("Set-Cookie").forEach(value -> set(request.currentUrl(), value, sameSite));
  }

  /** The value of the {@code Cookie} header, empty if no cookie goes along. */
  String headerFor(Request request, Engine engine) {
    Url url = request.currentUrl();
    String host = Objects.requireNonNullElse(url.host(), "");
    boolean secure =
        url.scheme().equals("https")
            || (Sites.isLoopback(host) && engine.departs(Departure.COOKIES_SECURE_TO_LOOPBACK));
    boolean sameSite = isSameSite(request, engine);
    Instant now = clock.instant();
    List<String> pairs = new ArrayList<>();
    for (Cookie cookie : cookies) {
      if ((cookie.hostOnly ? host.equals(cookie.domain) : domainMatches(host, cookie.domain))
          && pathMatches(url.path(), cookie.path)
          && (!cookie.secure || secure)
          && (cookie.crossSite || sameSite)
          && cookie.expires.isAfter(now)) {
        pairs.add(cookie.name.isEmpty() ? cookie.value : cookie.name + "=" + cookie.value);
      }
    }
    return String.join("; ", pairs);
  }

  private static boolean pathMatches(String path, String cookiePath) {
    return path.equals(cookiePath)
        || (path.startsWith(cookiePath)
            && (cookiePath.endsWith("/") || path.charAt(cookiePath.length()) == '/'));
  }

  /** https://fetch.spec.whatwg.org/#determine-the-same-site-mode. */
  private boolean isSameSite(Request request, Engine engine) {
    if (!isSameSite(request.origin, request.currentUrl().origin(), engine)) {
      return false;
    }
    if (engine.departs(Departure.COOKIES_IGNORE_REDIRECT_TAINT)) {
      return true;
    }
    if (engine.departs(Departure.COOKIES_TO_OWN_HOST_DESPITE_DETOUR)
        && Objects.equals(request.origin.host(), request.currentUrl().host())) {
      return true;
    }
    return request.urlList.stream()
        .allMatch(url -> isSameSite(request.origin, url.origin(), engine));
  }

  private boolean isSameSite(Origin a, Origin b, Engine engine) {
    return engine.departs(Departure.COOKIES_SCHEMELESS_SITE)
        ? sites.isSchemelesslySameSite(a, b)
        : sites.isSameSite(a, b);
  }
}
