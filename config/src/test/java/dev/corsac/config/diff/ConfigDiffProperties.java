package dev.corsac.config.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import dev.corsac.Cors;
import dev.corsac.CorsPolicy;
import dev.corsac.CorsRequest;
import dev.corsac.CorsRoutes;
import dev.corsac.Decision;
import dev.corsac.Enforcement;
import dev.corsac.Hosts;
import dev.corsac.Reason;
import dev.corsac.Risk;
import dev.corsac.config.CorsacConfig;
import dev.corsac.config.RouteConfig;
import dev.corsac.config.regex.RegexOrigins;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Compares what the diff says of two configurations with what single requests say of them. */
class ConfigDiffProperties {
  private static final List<String> ORIGINS =
      List.of(
          "https://a.example",
          "https://b.example",
          "https://x.a.example",
          "https://x.y.a.example:8443",
          "http://a.example:8080",
          "https://*.a.example",
          "https://*.y.a.example",
          "https://*.a.example:*",
          "https://*.y.a.example:8443",
          "http://a.example:*",
          "app://*.a.example",
          "null",
          "file://",
          "*");

  private static final List<String> REGEXES =
      List.of(
          "https://[a-z]+\\.a\\.example",
          "https://([a-z]+\\.)+a\\.example",
          "https://(x|y)\\.a\\.example",
          "https://b\\.example|https://x\\.a\\.example",
          "https://[a-b]\\.example",
          "https://([a-z0-9_-]+\\.)+a\\.example",
          ".*\\bexample");

  private static final List<String> ASKING =
      List.of(
          "https://a.example",
          "https://b.example",
          "https://x.a.example",
          "https://y.a.example",
          "https://x.a.example:8443",
          "https://x.y.a.example",
          "https://z.y.a.example:8443",
          "http://a.example",
          "http://a.example:8080",
          "http://a.example:81",
          "app://x.a.example",
          "https://a.b.example",
          "https://c.example",
          "https://EXAMPLE",
          "null",
          "file://",
          "x");

  private static final List<String> METHODS = List.of("PUT", "DELETE", "put", "PURGE", "*");
  private static final List<String> HEADERS = List.of("X-A", "x-a", "X-B", "Authorization", "*");
  private static final List<String> EXPOSED = List.of("X-E", "x-e", "Content-Type", "*");
  private static final List<String> PATHS =
      List.of("/a/**", "/a", "/a/*/b", "/*", "/A/**", "/a/b/", "/**", "/*/b/**", "/");
  private static final List<String> ROUTE_HOSTS =
      List.of("a.example", "*.example", "*.a.example", "x.a.example");
  private static final List<String> HOSTS =
      List.of("a.example", "*.example", "x.a.example:8443", "*.a.example:443", "b.test");
  private static final List<String> ASKED_HOSTS =
      List.of(
          "a.example", "x.a.example", "x.a.example:8443", "c.example:9", "b.test", "y.a.example");
  private static final List<String> ASKED_PATHS =
      List.of(
          "/",
          "/a",
          "/A",
          "/a/",
          "/a/x",
          "/a/x/b",
          "/x/b/c",
          "/b",
          "/a/b",
          "/A/B",
          "/%61/x",
          "/x/../a",
          "/x;y",
          "/a/..;/x");

  @Property(tries = 1500)
  void whatIsSaidToBeTheSame_isDecidedAlike_andWhatDiffers_isShown(@ForAll long seed) {
    Random random = new Random(seed);
    Generator generator = new Generator(random);
    CorsacConfig before = generator.config();
    CorsacConfig after = random.nextInt(3) == 0 ? generator.config() : generator.changed(before);

    ConfigDiff diff = ConfigDiff.of(before, after);

    Naive first = new Naive(before);
    Naive second = new Naive(after);
    Set<Direction> directions = new HashSet<>();
    for (ConfigDiff.Part part : diff.parts()) {
      for (Difference each : part.differences()) {
        directions.add(each.direction());
        if (!each.witness().headers("Origin").contains(PolicyDiff.STAND_IN)) {
          assertThat(first.outcome(each.witness()))
              .as("%s", each)
              .isNotEqualTo(second.outcome(each.witness()));
        }
      }
    }
    for (int i = 0; i < 60; i++) {
      Witness request = generator.request();
      Outcome earlier = first.outcome(request);
      Outcome now = second.outcome(request);
      if (!earlier.equals(now)) {
        assertThat(diff.same()).as("%s: %s, %s", request, earlier, now).isFalse();
      }
      // Of paths that could be read in two ways, one difference is told if there is no other.
      if (Stream.of(earlier, now).anyMatch(each -> each.reason() == Reason.PATH_AMBIGUOUS)
          || !diff.unproven().isEmpty()) {
        continue;
      }
      if (now.passes() && !earlier.passes()) {
        assertThat(directions)
            .as("%s: %s, %s", request, earlier, now)
            .contains(Direction.NEWLY_PASSES);
      }
      if (earlier.passes() && !now.passes()) {
        assertThat(directions)
            .as("%s: %s, %s", request, earlier, now)
            .contains(Direction.NEWLY_BLOCKED);
      }
    }
  }

  /** What of a response matters to a browser and to the server. */
  private record Outcome(
      Reason reason,
      int status,
      boolean readable,
      boolean credentials,
      Set<String> exposed,
      String maxAge,
      boolean explained,
      Optional<Reason> reported) {
    boolean passes() {
      return reason == Reason.PREFLIGHT_ALLOWED || reason == Reason.ORIGIN_ALLOWED;
    }
  }

  /** Looks at one route after the other. */
  private record Naive(CorsacConfig config) {
    Outcome outcome(Witness request) {
      Cors routed = this::routed;
      Decision decision =
          config.hosts().map(hosts -> hosts.guard(routed)).orElse(routed).decide(request);
      Map<String, String> fields = decision.headers();
      Set<String> exposed = new TreeSet<>();
      for (String name : fields.getOrDefault("Access-Control-Expose-Headers", "").split(", ", -1)) {
        exposed.add(name.toLowerCase(Locale.ROOT));
      }
      exposed.removeAll(List.of("", "content-type"));
      return new Outcome(
          decision.reason(),
          decision instanceof Decision.Answer answer ? answer.status() : 0,
          fields.containsKey("Access-Control-Allow-Origin"),
          fields.containsKey("Access-Control-Allow-Credentials"),
          exposed,
          fields.getOrDefault("Access-Control-Max-Age", ""),
          fields.containsKey("Corsac-Decision"),
          decision.reported());
    }

    private Decision routed(CorsRequest request) {
      String host = String.valueOf(request.authority()).replaceFirst(":.*", "");
      CorsRoutes.Builder table = CorsRoutes.builder();
      boolean any = false;
      for (RouteConfig route : config.routes()) {
        String wanted = route.host().orElse("");
        if (wanted.isEmpty()
            || wanted.equals(host)
            || (wanted.startsWith("*") && host.endsWith(wanted.substring(1)))) {
          table.route(route.path(), route.cors().<Cors>map(cors -> cors).orElse(Cors.off()));
          any = true;
        }
      }
      Cors rest = config.cors().<Cors>map(cors -> cors).orElse(Cors.off());
      return any ? table.route("/**", rest).build().decide(request) : rest.decide(request);
    }
  }

  private record Generator(Random random) {
    CorsacConfig config() {
      CorsacConfig.Builder config = CorsacConfig.builder();
      if (random.nextInt(8) > 0) {
        config.cors(policy());
      }
      List<RouteConfig> routes = new ArrayList<>();
      while (random.nextInt(2) == 0) {
        RouteConfig.Builder route = RouteConfig.builder(one(PATHS));
        if (random.nextInt(4) > 0) {
          route.cors(policy());
        }
        if (random.nextInt(3) == 0) {
          route.host(one(ROUTE_HOSTS));
        }
        routes.add(route.build());
      }
      config.routes(routes);
      if (random.nextInt(3) == 0) {
        List<String> names = some(HOSTS, 1.5);
        config.hosts(Hosts.of(names.isEmpty() ? List.of("a.example") : names));
      }
      return config.build();
    }

    /** The same with other words, and a change or two, or none. */
    CorsacConfig changed(CorsacConfig old) {
      CorsacConfig.Builder config = old.toBuilder();
      old.cors().ifPresent(policy -> config.cors(changed(policy)));
      List<RouteConfig> routes = new ArrayList<>();
      for (RouteConfig route : old.routes()) {
        RouteConfig.Builder copy = RouteConfig.builder(route.path());
        route.host().ifPresent(copy::host);
        route
            .cors()
            .ifPresent(
                policy ->
                    copy.cors(
                        old.cors().filter(base -> base == policy).isPresent()
                            ? policy
                            : changed(policy)));
        if (random.nextInt(15) > 0) {
          routes.add(copy.build());
        }
      }
      return config.routes(routes).build();
    }

    private CorsPolicy changed(CorsPolicy old) {
      List<String> origins = new ArrayList<>(old.allowedOrigins());
      Collections.shuffle(origins, random);
      if (!origins.isEmpty() && random.nextInt(6) == 0) {
        origins.remove(0);
      }
      if (random.nextInt(6) == 0) {
        origins.add(one(ORIGINS));
      }
      CorsPolicy.Builder copy =
          CorsPolicy.builder()
              .allowOrigins(origins)
              .allowMethods(old.allowedMethods())
              .allowHeaders(old.allowedHeaders())
              .trustOrigins(old.trustedOrigins())
              .enforce(old.enforcement())
              .enforceReport(old.reportedEnforcement())
              .allowCredentials(old.allowsCredentials());
      old.originSources().forEach(copy::allowOriginsFrom);
      if (random.nextInt(10) == 0) {
        copy.allowMethods(one(METHODS));
      }
      if (random.nextInt(10) == 0) {
        copy.trustOrigins("https://x.a.example");
      }
      return built(copy).orElse(old);
    }

    private CorsPolicy policy() {
      while (true) {
        CorsPolicy.Builder builder =
            CorsPolicy.builder()
                .allowOrigins(some(ORIGINS, 3))
                .allowMethods(some(METHODS, 1))
                .allowHeaders(some(HEADERS, 1))
                .exposeHeaders(some(EXPOSED, 0.7))
                .allowCredentials(random.nextBoolean())
                .explain(random.nextInt(9) == 0);
        if (random.nextInt(3) == 0) {
          builder.allowOriginsFrom(new RegexOrigins(Pattern.compile(one(REGEXES))));
        }
        if (random.nextInt(3) == 0) {
          builder.enforce(one(List.of(Enforcement.values())));
          builder.enforceReport(one(List.of(Enforcement.values())));
          builder.trustOrigins(some(ORIGINS.subList(0, ORIGINS.size() - 1), 1));
        }
        if (random.nextInt(4) == 0) {
          builder.maxAge(Duration.ofSeconds(60));
        }
        if (random.nextInt(6) == 0) {
          builder.preflightStatus(204);
        }
        Optional<CorsPolicy> policy = built(builder);
        if (policy.isPresent()) {
          return policy.get();
        }
      }
    }

    private static Optional<CorsPolicy> built(CorsPolicy.Builder builder) {
      return builder.dangerouslyAllow(Risk.values()).check().policy();
    }

    Witness request() {
      Witness request =
          new Witness(one(List.of("GET", "POST", "OPTIONS")), one(ASKED_PATHS), Map.of());
      if (random.nextInt(4) > 0) {
        request = request.with("Host", one(ASKED_HOSTS));
      }
      if (random.nextInt(8) > 0) {
        request = request.with("Origin", one(ASKING));
      }
      if (request.method().equals("OPTIONS")) {
        request =
            request.with(
                "Access-Control-Request-Method",
                one(List.of("GET", "PUT", "put", "DELETE", "PURGE", "OTHER")));
        if (random.nextBoolean()) {
          request =
              request.with(
                  "Access-Control-Request-Headers",
                  one(List.of("x-a", "x-b", "x-c", "authorization", "content-type", "x-a,x-b")));
        }
      }
      if (random.nextInt(3) == 0) {
        request = request.with("Cookie", "id=1");
      }
      if (random.nextInt(3) == 0) {
        request = request.with("Sec-Fetch-Site", one(List.of("cross-site", "same-origin")));
      }
      return request;
    }

    private <T> T one(List<T> all) {
      return all.get(random.nextInt(all.size()));
    }

    private List<String> some(List<String> all, double expected) {
      List<String> some = new ArrayList<>();
      for (String each : all) {
        if (random.nextDouble() < expected / all.size()) {
          some.add(each);
        }
      }
      return some;
    }
  }
}
