package dev.corsac.doctor.audit;

import java.util.List;

/**
 * An origin that should not be allowed, and what it shows if it is.
 *
 * @param unless origins that, if they are allowed as well, show something else
 */
record Probe(Check check, String origin, List<String> unless) {
  /** The attacker's domain: nobody can register a name under .test (RFC 2606). */
  static final String EVIL_HOST = "corsac-audit.test";

  static final String EVIL = "https://" + EVIL_HOST;

  /** Has nothing in common with any origin that a server may allow, not even EVIL's suffix. */
  static final String UNRELATED = "https://unrelated.invalid";

  Probe(Check check, String origin) {
    this(check, origin, List.of());
  }

  Probe unless(String... origins) {
    return new Probe(check, origin, List.of(origins));
  }

  /** The origins that are wrong on any server's list. */
  static List<Probe> common(boolean publicServer) {
    return CommonOrigins.LISTS.stream()
        .filter(list -> publicServer || list.check() != Check.LOCAL_ORIGIN)
        .flatMap(list -> list.origins().stream().map(origin -> new Probe(list.check(), origin)))
        .toList();
  }

  private record CommonOrigins(Check check, List<String> origins) {
    static final List<CommonOrigins> LISTS =
        List.of(
            new CommonOrigins(Check.NULL_ORIGIN, List.of("null")),
            new CommonOrigins(
                Check.SHARED_SANDBOX,
                List.of(
                    "https://jsbin.com",
                    "https://output.jsbin.com",
                    "https://null.jsbin.com",
                    "https://codepen.io",
                    "https://cdpn.io",
                    "https://s.codepen.io",
                    "https://jsfiddle.net",
                    "https://fiddle.jshell.net",
                    "https://run.plnkr.co",
                    "https://stackblitz.com",
                    "https://codesandbox.io",
                    "https://corsac-audit.csb.app",
                    "https://corsac-audit.repl.co",
                    "https://translate.googleusercontent.com",
                    "https://corsac-audit.translate.goog",
                    "https://corsac-audit.github.io",
                    "https://corsac-audit.gitlab.io",
                    "https://corsac-audit.vercel.app",
                    "https://corsac-audit.netlify.app",
                    "https://corsac-audit.pages.dev",
                    "https://corsac-audit.workers.dev",
                    "https://corsac-audit.web.app",
                    "https://corsac-audit.herokuapp.com",
                    "https://corsac-audit.azurewebsites.net",
                    "https://corsac-audit.cloudfront.net",
                    "https://corsac-audit.s3.amazonaws.com")),
            new CommonOrigins(
                Check.LOCAL_ORIGIN,
                List.of(
                    "http://localhost",
                    "https://localhost",
                    "http://localhost:3000",
                    "http://localhost:8080",
                    "https://localhost:3000",
                    "http://127.0.0.1",
                    "http://127.0.0.1:3000",
                    "http://[::1]:3000",
                    "http://10.0.0.1",
                    "http://172.16.0.1",
                    "http://192.168.0.1",
                    "http://corsac-audit.internal",
                    "http://corsac-audit.local")),
            new CommonOrigins(
                Check.ANY_EXTENSION,
                List.of(
                    "chrome-extension://abcdefghijklmnopabcdefghijklmnop",
                    "moz-extension://00000000-0000-4000-8000-00000000c0a5",
                    "safari-web-extension://00000000-0000-4000-8000-00000000C0A5")),
            new CommonOrigins(
                Check.APP_SCHEME, List.of("capacitor://localhost", "ionic://localhost")));
  }
}
