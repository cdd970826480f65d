package dev.corsac.doctor.problem;

import java.util.List;
import java.util.Map;

/** A stack that serves the test's application with a remedy in it, as its reader would put it. */
interface RemedyServer {
  /** The application, and how it behaves to whoever comes. */
  enum Guard {
    /** Nothing special. */
    NONE,
    /** Every request without {@code Authorization} is answered with 401, OPTIONS too. */
    LOGIN,
    /** {@code /data} is redirected to {@code /data/}, OPTIONS too. */
    REDIRECT,
    /** The application itself allows any origin. */
    OWN_HEADERS
  }

  /** Starts it on a free port of the loopback interface. */
  Running start(String name, Remedy remedy, Guard guard) throws Exception;

  /** A server that runs. */
  record Running(int port, Stop stop) {}

  /** Ends a server. */
  interface Stop {
    void run() throws Exception;
  }

  /** What the application answers; status 0 is an exception that nobody handles. */
  record Answer(int status, Map<String, List<String>> headers, String body) {
    static final int THROWN = 0;

    static Answer to(String path, boolean authorized, Guard guard) {
      if (guard == Guard.LOGIN && !authorized) {
        return new Answer(401, Map.of("WWW-Authenticate", List.of("Basic realm=\"test\"")), "who?");
      }
      if (guard == Guard.REDIRECT && path.equals("/data")) {
        return new Answer(308, Map.of("Location", List.of("/data/")), "");
      }
      return switch (path) {
        case "/data", "/data/" ->
            new Answer(
                200,
                guard == Guard.OWN_HEADERS
                    ? Map.of("Access-Control-Allow-Origin", List.of("*"))
                    : Map.of("X-Total-Count", List.of("100"), "X-Trace-Id", List.of("7")),
                "data");
        case "/broken" -> new Answer(THROWN, Map.of(), "");
        default -> new Answer(404, Map.of(), "nothing here");
      };
    }
  }
}
