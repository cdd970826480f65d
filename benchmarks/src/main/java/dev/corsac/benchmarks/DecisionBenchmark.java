package dev.corsac.benchmarks;

import dev.corsac.CorsPolicy;
import dev.corsac.Decision;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A decision, for policies of every size and requests of every kind, beside a hand-written floor.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 4, time = 300, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 1, jvmArgs = "-Xmx2g")
public class DecisionBenchmark {
  private static final String ALLOWED = "https://app0.example.com";
  private static final String DENIED = "https://app0.example.org";
  private static final int DISTINCT = 256;

  /** The policy: so many exact origins, one pattern, or any origin. */
  @Param({"1", "3", "100", "10000", "1000000", "subdomains", "any"})
  public String policy = "";

  /** The request. */
  @Param({
    "no-origin",
    "allowed-get",
    "denied-get",
    "allowed-preflight",
    "denied-preflight",
    "denied-header",
    "commas-8k",
    "names-8k"
  })
  public String request = "";

  private CorsPolicy cors = CorsPolicy.builder().build();
  private Exchange[] exchanges = new Exchange[0];
  private int next;

  /** Builds the policy and a few hundred requests that ask for different origins of it. */
  @Setup
  public void setUp() {
    cors = policy(policy);
    exchanges = new Exchange[DISTINCT];
    int origins = policy.matches("[0-9]+") ? Integer.parseInt(policy) : DISTINCT;
    for (int i = 0; i < DISTINCT; i++) {
      int spread = Math.floorMod(i * 7919, origins);
      exchanges[i] = exchange(ALLOWED.replace("0", Integer.toString(spread)));
    }
  }

  private static CorsPolicy policy(String name) {
    CorsPolicy.Builder builder =
        CorsPolicy.builder()
            .allowMethods("GET", "POST", "PUT", "DELETE")
            .allowHeaders("Content-Type", "Authorization", "X-Request-ID")
            .exposeHeaders("X-Total-Count");
    switch (name) {
      case "any" -> builder.allowAnyOrigin();
      case "subdomains" -> builder.allowOrigins("https://*.example.com").allowCredentials();
      default -> {
        List<String> origins = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(name); i++) {
          origins.add("https://app" + i + ".example.com");
        }
        builder.allowOrigins(origins).allowCredentials();
      }
    }
    return builder.build();
  }

  private Exchange exchange(String origin) {
    String asked = "authorization,content-type";
    return switch (request) {
      case "no-origin" -> new Exchange("GET", "Host", "api.example.com", "Accept", "*/*");
      case "allowed-get" -> new Exchange("GET", "Host", "api.example.com", "Origin", origin);
      case "denied-get" -> new Exchange("GET", "Host", "api.example.com", "Origin", DENIED);
      case "denied-preflight" -> preflight(DENIED, asked);
      case "denied-header" -> preflight(origin, "authorization,x-other");
      case "commas-8k" -> preflight(origin, ",".repeat(8192));
      case "names-8k" -> preflight(origin, "authorization,".repeat(585) + "a");
      default -> preflight(origin, asked);
    };
  }

  private static Exchange preflight(String origin, String asked) {
    return new Exchange(
        "OPTIONS",
        "Host",
        "api.example.com",
        "Origin",
        origin,
        "Access-Control-Request-Method",
        "PUT",
        "Access-Control-Request-Headers",
        asked);
  }

  /** The decision. */
  @Benchmark
  public Decision decide() {
    return cors.decide(exchange());
  }

  /** What any CORS code has to do at least: look the headers up and compare with one origin. */
  @Benchmark
  public int floor() {
    Exchange exchange = exchange();
    String origin = exchange.header("Origin");
    if (origin == null) {
      return 0;
    }
    boolean allowed = origin.equals(ALLOWED);
    if (exchange.method().equals("OPTIONS")
        && exchange.header("Access-Control-Request-Method") != null) {
      String asked = exchange.header("Access-Control-Request-Headers");
      return asked == null ? 1 : asked.length();
    }
    return allowed ? 2 : 3;
  }

  private Exchange exchange() {
    next = (next + 1) % DISTINCT;
    return exchanges[next];
  }
}
