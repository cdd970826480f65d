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
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.TimeUnit;
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

/** A request through a servlet filter, in memory, for the same policy of one origin. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Measurement(iterations = 3, time = 500, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 3, jvmArgs = "-Xmx1g")
public class ServletFilterBenchmark {
  private static final String ORIGIN = "https://app0.example.com";
  private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE");
  private static final List<String> HEADERS =
      List.of("Content-Type", "Authorization", "X-Request-ID");

  /** Whose filter; none is what the exchange costs by itself. */
  @Param({"none", "hand-written", "corsac", "spring", "tomcat", "jetty", "transaction-company"})
  public String filter = "";

  /** The request. */
  @Param({"no-origin", "allowed-get", "denied-get", "allowed-preflight"})
  public String request = "";

  private Filter tested = new HandWrittenFilter();
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
    tested = filter(filter);
    servletRequest =
        new MemoryRequest(
            switch (request) {
              case "no-origin" -> new Exchange("GET", "Host", "api.example.com");
              case "allowed-get" -> get(ORIGIN);
              case "denied-get" -> get("https://evil.example.org");
              default ->
                  new Exchange(
                      "OPTIONS",
                      "Host",
                      "api.example.com",
                      "Origin",
                      ORIGIN,
                      "Access-Control-Request-Method",
                      "PUT",
                      "Access-Control-Request-Headers",
                      "authorization,content-type");
            });
  }

  private static Exchange get(String origin) {
    return new Exchange("GET", "Host", "api.example.com", "Accept", "*/*", "Origin", origin);
  }

  @SuppressWarnings("removal") // Jetty's filter, which its handler is to follow
  private static Filter filter(String name) throws Exception {
    return switch (name) {
      case "none" -> (request, response, chain) -> chain.doFilter(request, response);
      case "hand-written" -> new HandWrittenFilter();
      case "corsac" -> new CorsFilter(policy());
      case "spring" -> spring();
      case "tomcat" ->
          started(
              new org.apache.catalina.filters.CorsFilter(),
              Map.of(
                  "cors.allowed.origins", ORIGIN,
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
                  "allowedOrigins", ORIGIN,
                  "allowedMethods", String.join(",", METHODS),
                  "allowedHeaders", String.join(",", HEADERS),
                  "exposedHeaders", "X-Total-Count",
                  "allowCredentials", "true",
                  "chainPreflight", "false",
                  "preflightMaxAge", "600"));
      default -> transactionCompany();
    };
  }

  private static CorsPolicy policy() {
    return CorsPolicy.builder()
        .allowOrigins(ORIGIN)
        .allowMethods(METHODS)
        .allowHeaders(HEADERS)
        .exposeHeaders("X-Total-Count")
        .allowCredentials()
        .build();
  }

  private static Filter spring() {
    CorsConfiguration configuration = new CorsConfiguration();
    configuration.setAllowedOrigins(List.of(ORIGIN));
    configuration.setAllowedMethods(METHODS);
    configuration.setAllowedHeaders(HEADERS);
    configuration.setExposedHeaders(List.of("X-Total-Count"));
    configuration.setAllowCredentials(true);
    configuration.setMaxAge(600L);
    // Without a look-up by path, which none of the others does here.
    return new org.springframework.web.filter.CorsFilter(request -> configuration);
  }

  private static Filter transactionCompany() throws Exception {
    Properties settings = new Properties();
    settings.setProperty("cors.allowOrigin", ORIGIN);
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
    tested.doFilter(servletRequest, servletResponse, application);
    return servletResponse.getStatus();
  }

  /** Prints what each filter answers to each request, to see that they do the same. */
  public static void main(String[] args) throws Exception {
    for (String request : List.of("no-origin", "allowed-get", "denied-get", "allowed-preflight")) {
      for (String filter :
          List.of("hand-written", "corsac", "spring", "tomcat", "jetty", "transaction-company")) {
        ServletFilterBenchmark benchmark = new ServletFilterBenchmark();
        benchmark.request = request;
        benchmark.filter = filter;
        benchmark.setUp();
        int status = benchmark.filter();
        System.out.println(
            request + ", " + filter + ": " + status + " " + benchmark.servletResponse.head());
      }
    }
  }
}
