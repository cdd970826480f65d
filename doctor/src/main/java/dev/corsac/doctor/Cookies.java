package dev.corsac.doctor;

import dev.corsac.Origin;
import dev.corsac.browser.CredentialsMode;
import dev.corsac.browser.Exchange;
import dev.corsac.browser.Page;
import dev.corsac.browser.PageRequest;
import dev.corsac.browser.WireRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which cookies get lost on the way, and why: that is no CORS, and looks just like it. */
final class Cookies {
  private final Page page;
  private final PageRequest request;

  Cookies(Page page, PageRequest request) {
    this.page = page;
    this.request = request;
  }

  /** What is to say about cookies that answers set. */
  List<Note> notKept(List<Exchange> exchanges) {
    List<Note> notes = new ArrayList<>();
    for (Exchange exchange : exchanges) {
      if (exchange.response() == null || exchange.request().isPreflight()) {
        continue;
      }
      for (String cookie : exchange.response().headers().values("Set-Cookie")) {
        String reason = refusal(cookie, exchange.request());
        if (!reason.isEmpty()) {
          notes.add(
              new Note(
                  Problem.COOKIE_NOT_KEPT,
                  "The browser does not keep the cookie " + name(cookie) + ": " + reason + "."));
        }
      }
    }
    return notes;
  }

  /** What is to say about cookies that the browser has for the URL and does not send. */
  List<Note> notSent(List<String> cookies, List<Exchange> exchanges) {
    List<Note> notes = new ArrayList<>();
    for (String cookie : cookies) {
      List<WireRequest> requests =
          exchanges.stream()
              .map(Exchange::request)
              .filter(sent -> !sent.isPreflight() && !carries(sent, name(cookie)))
              .toList();
      if (!requests.isEmpty()) {
        String reason = refusal(cookie, requests.get(0));
        notes.add(
            new Note(
                Problem.COOKIE_NOT_SENT,
                "The browser does not send the cookie "
                    + name(cookie)
                    + ": "
                    + (reason.isEmpty() ? "its Domain or Path does not cover the URL" : reason)
                    + "."));
      }
    }
    return notes;
  }

  /** Why a cookie does not cross, or empty if it does (RFC 6265bis, 5.7 and 5.8.3). */
  private String refusal(String cookie, WireRequest at) {
    List<String> attributes = attributes(cookie);
    boolean secure = attributes.contains("secure");
    boolean none = attributes.contains("samesite=none");
    if (!at.origin().equals(page.origin()) && request.credentials() != CredentialsMode.INCLUDE) {
      return "the page asks without credentials: 'include'";
    }
    if (secure && at.scheme().equals("http") && !Hosts.isLoopback(at)) {
      return "it is Secure, and the URL is not https";
    }
    if (none && !secure) {
      return "SameSite=None counts only together with Secure";
    }
    return none || isSameSite(at)
        ? ""
        : "page and server are two sites, and it is not SameSite=None; Secure";
  }

  /** https://html.spec.whatwg.org/#same-site. */
  private boolean isSameSite(WireRequest at) {
    Optional<String> site = Origin.tryParse(page.origin()).map(Origin::site);
    return site.isPresent() && site.equals(Origin.tryParse(at.origin()).map(Origin::site));
  }

  private static boolean carries(WireRequest request, String name) {
    String sent = request.header("Cookie");
    return sent != null
        && Arrays.stream(sent.split(";", -1)).anyMatch(pair -> pair.strip().startsWith(name + "="));
  }

  private static List<String> attributes(String cookie) {
    return Arrays.stream(cookie.toLowerCase(Locale.ROOT).split(";", -1))
        .skip(1)
        .map(part -> part.replaceAll("\\s", ""))
        .toList();
  }

  private static String name(String cookie) {
    return cookie.split("[=;]", 2)[0].strip();
  }
}
