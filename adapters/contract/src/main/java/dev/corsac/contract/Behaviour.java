package dev.corsac.contract;

import dev.corsac.contract.Reply.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the application may do with a request; a case names one, such as {@code "app": "sets-vary"}.
 */
public enum Behaviour {
  /** Answers 200 with a body that says so; on OPTIONS also with its own Allow. */
  OK(200, Manner.WRITE),
  /** As ok, from another thread, a moment later. */
  ASYNC(200, Manner.ASYNC),
  /** Sends its headers, then its body in pieces. */
  STREAMS(200, Manner.FLUSH),
  /** Has a Vary of its own. */
  SETS_VARY(200, Manner.WRITE, "Vary", "Accept-Encoding"),
  /** Has two Vary lines of its own. */
  ADDS_VARY(200, Manner.WRITE, "Vary", "Accept", "Vary", "Accept-Language"),
  /** Has a Vary of its own that names Origin, in lower case. */
  SETS_VARY_ORIGIN(200, Manner.WRITE, "vary", "accept, origin"),
  /** Has a Vary of its own with a header whose name ends in Origin. */
  SETS_VARY_X_ORIGIN(200, Manner.WRITE, "Vary", "X-Origin"),
  /** Varies by everything. */
  SETS_VARY_STAR(200, Manner.WRITE, "Vary", "*"),
  /** Sets its own Vary as late as it can. */
  SETS_VARY_LATE(200, Manner.LATE, "Vary", "Accept-Encoding"),
  /** Sets its own Vary from another thread. */
  SETS_VARY_ASYNC(200, Manner.ASYNC, "Vary", "Accept-Encoding"),
  /** Sets its own Vary, sends the headers, then the body. */
  SETS_VARY_STREAMS(200, Manner.FLUSH, "Vary", "Accept-Encoding"),
  /** Answers with CORS headers of its own making. */
  SETS_CORS(200, Manner.WRITE, Own.CORS),
  /** Answers with CORS headers of its own making, set as late as it can. */
  SETS_CORS_LATE(200, Manner.LATE, Own.CORS),
  /** Answers with CORS headers of its own making, from another thread. */
  SETS_CORS_ASYNC(200, Manner.ASYNC, Own.CORS),
  /** Answers with two allowed origins. */
  ADDS_CORS(
      200,
      Manner.WRITE,
      "Access-Control-Allow-Origin",
      "https://app.invalid",
      "access-control-allow-origin",
      "*"),
  /** Says what Corsac decided, as if it were Corsac. */
  SETS_DECISION(200, Manner.WRITE, "corsac-decision", "origin-allowed; by=\"the application\""),
  /** Says what Corsac decided as late as it can. */
  SETS_DECISION_LATE(200, Manner.LATE, "Corsac-Decision", "origin-allowed"),
  /** Has no content. */
  NO_CONTENT(204, Manner.WRITE),
  /** Has not changed. */
  NOT_MODIFIED(304, Manner.WRITE, "Vary", "Accept-Encoding", "ETag", "\"1\""),
  /** Redirects by the stack's own means. */
  REDIRECTS(302, Manner.REDIRECT, "Location", "http://localhost/elsewhere"),
  /** Asks for authentication, as a security filter does. */
  UNAUTHORIZED(401, Manner.WRITE, "WWW-Authenticate", "Bearer"),
  /** Sets its own Vary, then has the stack answer 304 by the means it has for errors. */
  ERROR_304_VARY(304, Manner.ERROR, "Vary", "Accept-Encoding"),
  /** Has the stack answer 401. */
  ERROR_401(401, Manner.ERROR),
  /** Has the stack answer 404. */
  ERROR_404(404, Manner.ERROR),
  /** Sets its own Vary, then has the stack answer 404. */
  ERROR_404_VARY(404, Manner.ERROR, "Vary", "Accept-Encoding"),
  /** Has the stack answer 413. */
  ERROR_413(413, Manner.ERROR),
  /** Has the stack answer 500. */
  ERROR_500(500, Manner.ERROR),
  /** Has the stack answer 500 from another thread. */
  ASYNC_ERROR_500(500, Manner.ASYNC_ERROR),
  /** Throws an exception that nobody catches. */
  THROWS(500, Manner.THROW),
  /** Sets CORS headers of its own making and a Vary, then throws. */
  SETS_CORS_THROWS(500, Manner.THROW, Own.CORS),
  /** Sets headers, then resets the response and answers anew. */
  RESETS(200, Manner.RESET),
  /** Sets headers, then resets the response and answers anew with a Vary. */
  RESETS_VARY(200, Manner.RESET, "Vary", "Accept-Encoding");

  /** What an application with its own idea of CORS says. */
  private static final class Own {
    static final String[] CORS = {
      "Access-Control-Allow-Origin", "https://app.invalid",
      "Access-Control-Allow-Credentials", "true",
      "Access-Control-Allow-Methods", "OPTIONS, PURGE",
      "Access-Control-Allow-Headers", "X-Own",
      "Access-Control-Expose-Headers", "X-Own",
      "Access-Control-Max-Age", "5",
      "Access-Control-Allow-Private-Network", "true",
    };
  }

  private final int status;
  private final Manner manner;

  @SuppressWarnings("ImmutableEnumChecker") // a List.copyOf
  private final List<Header> headers;

  Behaviour(int status, Manner manner, String... headers) {
    this.status = status;
    this.manner = manner;
    List<Header> lines = new ArrayList<>();
    for (int i = 0; i < headers.length; i += 2) {
      lines.add(new Header(headers[i], headers[i + 1]));
    }
    this.headers = List.copyOf(lines);
  }

  /** The behaviour with an id. */
  static Behaviour of(String id) {
    return valueOf(id.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** The name in lower case with hyphens. */
  public String id() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  Reply reply(String method) {
    List<Header> lines = new ArrayList<>(headers);
    if (method.equals("OPTIONS")) {
      lines.add(new Header("Allow", "GET, HEAD, POST, OPTIONS"));
    }
    boolean empty = method.equals("HEAD") || status == 204 || status == 304;
    return new Reply(status, List.copyOf(lines), empty ? "" : "ran", manner);
  }
}
