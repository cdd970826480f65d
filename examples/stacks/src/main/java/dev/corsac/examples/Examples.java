package dev.corsac.examples;

import dev.corsac.CorsPolicy;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/** Runs the guide's API on a stack: {@code examples/run STACK [PORT]}. */
public final class Examples {

  /** An example. */
  @FunctionalInterface
  interface Starter {
    /** Starts it on a port; on any that is free for 0. */
    Running start(CorsPolicy policy, int port) throws Exception;
  }

  /** Every example by its stack. */
  static final SortedMap<String, Starter> ALL =
      new TreeMap<>(
          Map.of(
              "jakarta-rest", JakartaRestExample::start,
              "javalin", JavalinExample::start,
              "jdk", JdkExample::start,
              "netty", NettyExample::start,
              "servlet", ServletExample::start,
              "undertow", UndertowExample::start,
              "vertx", VertxExample::start));

  private Examples() {}

  static Running start(String stack, int port) throws Exception {
    return Objects.requireNonNull(ALL.get(stack), stack).start(Api.policy(), port);
  }

  /** Serves until it is stopped. */
  public static void main(String[] args) throws Exception {
    if (args.length == 0 || args.length > 2 || !ALL.containsKey(args[0])) {
      System.err.println(
          "Usage: examples/run STACK [PORT], where STACK is one of "
              + String.join(", ", ALL.keySet()));
      System.exit(2);
    }
    Running running = start(args[0], args.length == 1 ? 8000 : Integer.parseInt(args[1]));
    String url = "http://127.0.0.1:" + running.port() + "/api/data";
    System.out.println("Ready. What an allowed page is told, and any other:");
    System.out.println("  curl -i -H 'Origin: https://app.example.com' " + url);
    System.out.println("  curl -i -H 'Origin: https://evil.example.net' " + url);
    Thread.currentThread().join();
  }
}
