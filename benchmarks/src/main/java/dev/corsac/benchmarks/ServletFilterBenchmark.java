package dev.corsac.benchmarks;

import com.thetransactioncompany.cors.CORSConfiguration;
import com.thetransactioncompany.cors.CORSFilter;
import dev.corsac.CorsPolicy;
import dev.corsac.servlet.CorsFilter;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.eclipse.jetty.ee10.servlets.CrossOriginFilter;
import org.jspecify.annotations.Nullable;
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
import org.springframework.web.cors.CorsConfiguration;

/**
 * A request through a servlet filter, in memory, for the same policy: of one origin, or of a
 * thousand that come in turns, each as a new string.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 3, jvmArgs = "-Xmx1g")
public class ServletFilterBenchmark {
  private static final String ORIGIN = "https://app0.example.com";
  private static final int MANY = 1000;
  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE");
  private static final List<String> HEADERS =
      List.of("Content-Type", "Authorization", "X-Request-ID");

  /** Whose filter; none is what the exchange costs by itself. */
  @Param({"none", "hand-written", "corsac", "spring", "tomcat", "jetty", "transaction-company"})
  public String filter = "";

  /** The request. */
  @Param({
    "no-origin",
    "allowed-get",
    "denied-get",
    "allowed-preflight",
    "thousand-get",
    "malformed-get",
    "long-get",
    "labels-get",
    "repeated-get",
    "8k-get",
    "8k-preflight"
  })
  public String request = "";

  private Filter tested = new HandWrittenFilter(List.of());
  private List<byte[]> wire = List.of();
  private int next;
  private MemoryRequest servletRequest = new MemoryRequest(new Exchange("GET"));
  private final MemoryResponse servletResponse = new MemoryResponse();
  private final FilterChain application =
      (received, response) -> {
        HttpServletResponse httpResponse = (HttpServletResponse) response;
        httpResponse.setStatus(200);
        httpResponse.setHeader("Content-Type", "application/json");
        httpResponse.setHeader("Cache-Control", "no-store");
      };

  /** Builds the filter and the request. */
  @Setup
  public void setUp() throws Exception {
    boolean many = request.equals("thousand-get");
    List<String> origins =
        IntStream.range(0, many ? MANY : 1).mapToObj(ServletFilterBenchmark::origin).toList();
    wire =
        many
            ? IntStream.range(0, MANY)
                .mapToObj(i -> origin(i * 7919 % MANY).getBytes(StandardCharsets.ISO_8859_1))
                .toList()
            : List.of();
    tested = filter(filter, origins);
    servletRequest =
        new MemoryRequest(
            switch (request) {
              case "no-origin" -> new Exchange("GET", "Host", "api.example.com");
              case "allowed-get", "thousand-get" -> get(ORIGIN);
              case "denied-get" -> get("https://evil.example.org");
              case "malformed-get" -> get("https://evil_example.org:443");
              case "long-get" -> get("https://" + "evil-example.".repeat(19) + "org");
              case "labels-get" -> get("https://" + "a.".repeat(120) + "example.com");
              case "repeated-get" ->
                  new Exchange(
                      "GET", "Host", "api.example.com", "Origin", ORIGIN, "Origin", ORIGIN);
              case "8k-get" -> get("https://" + "a".repeat(8192));
              case "8k-preflight" -> preflight(",".repeat(8192));
              default -> preflight("authorization,content-type");
            });
    new FilterBehaviour(tested).check(filter, origins.get(0));
  }

  private static String origin(int i) {
    return ORIGIN.replace("0", Integer.toString(i));
  }

  private static Exchange get(String origin) {
    return new Exchange("GET", "Host", "api.example.com", "Accept", "*/*", "Origin", origin);
  }

  private static Exchange preflight(String asked) {
    return new Exchange(
        "OPTIONS",
        "Host",
        "api.example.com",
        "Origin",
        ORIGIN,
        "Access-Control-Request-Method",
        "PUT",
        "Access-Control-Request-Headers",
        asked);
  }

  @SuppressWarnings("removal") // Jetty's filter, which its handler is to follow
  private static Filter filter(String name, List<String> origins) throws Exception {
    return switch (name) {
      case "none" -> (request, response, chain) -> chain.doFilter(request, response);
      case "hand-written" -> new HandWrittenFilter(origins);
      case "corsac" -> new CorsFilter(policy(origins));
      case "spring" -> spring(origins);
      case "tomcat" ->
          started(
              new org.apache.catalina.filters.CorsFilter(),
              Map.of(
                  "cors.allowed.origins", String.join(",", origins),
                  "cors.allowed.methods", String.join(",", METHODS),
                  "cors.allowed.headers", String.join(",", HEADERS),
                  "cors.exposed.headers", "X-Total-Count",
                  "cors.support.credentials", "true",
                  "cors.request.decorate", "false",
                  "cors.preflight.maxage", "600"));
      case "jetty" ->
          started(
              new CrossOriginFilter(),
              Map.of(
                  "allowedOrigins", String.join(",", origins),
                  "allowedMethods", String.join(",", METHODS),
                  "allowedHeaders", String.join(",", HEADERS),
                  "exposedHeaders", "X-Total-Count",
                  "allowCredentials", "true",
                  "chainPreflight", "false",
                  "preflightMaxAge", "600"));
      default -> transactionCompany(origins);
    };
  }

  private static CorsPolicy policy(List<String> origins) {
    return CorsPolicy.builder()
        .allowOrigins(origins)
        .allowMethods(METHODS)
        .allowHeaders(HEADERS)
        .exposeHeaders("X-Total-Count")
        .allowCredentials()
        .build();
  }

  private static Filter spring(List<String> origins) {
    CorsConfiguration configuration = new CorsConfiguration();
    configuration.setAllowedOrigins(origins);
    configuration.setAllowedMethods(METHODS);
    configuration.setAllowedHeaders(HEADERS);
    configuration.setExposedHeaders(List.of("X-Total-Count"));
    configuration.setAllowCredentials(true);
    configuration.setMaxAge(600L);
    // Without a look-up by path, which none of the others does here.
    return new org.springframework.web.filter.CorsFilter(request -> configuration);
  }

  private static Filter transactionCompany(List<String> origins) throws Exception {
    Properties settings = new Properties();
    settings.setProperty("cors.allowOrigin", String.join(" ", origins));
    settings.setProperty("cors.supportedMethods", String.join(",", METHODS));
    settings.setProperty("cors.supportedHeaders", String.join(",", HEADERS));
    settings.setProperty("cors.exposedHeaders", "X-Total-Count");
    settings.setProperty("cors.supportsCredentials", "true");
    settings.setProperty("cors.maxAge", "600");
    return new CORSFilter(new CORSConfiguration(settings));
  }

  private static Filter started(Filter filter, Map<String, String> settings) throws Exception {
    ServletContext context =
        (ServletContext)
            Proxy.newProxyInstance(
                ServletContext.class.getClassLoader(),
                new Class<?>[] {ServletContext.class},
                (proxy, method, arguments) -> null);
    filter.init(new Settings(context, settings));
    return filter;
  }

  /** What is in the deployment descriptor of a filter. */
  private record Settings(ServletContext context, Map<String, String> values)
      implements FilterConfig {

    @Override
    public String getFilterName() {
      return "cors";
    }

    @Override
    public ServletContext getServletContext() {
      return context;
    }

    @Override
    @SuppressWarnings("NullAway") // null is what the container's API says
    public @Nullable String getInitParameter(String name) {
      return values.get(name);
    }

    @Override
    public Enumeration<String> getInitParameterNames() {
      return Collections.enumeration(values.keySet());
    }
  }

  /** The request. */
  @Benchmark
  public int filter() throws Exception {
    servletRequest.clear();
    servletResponse.clear();
    if (!wire.isEmpty()) {
      next = next + 1 == wire.size() ? 0 : next + 1;
      servletRequest.receive(wire.get(next));
    }
    tested.doFilter(servletRequest, servletResponse, application);
    return servletResponse.getStatus();
  }
}
