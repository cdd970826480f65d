package dev.corsac.doctor.problem;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.browser.Body;
import dev.corsac.browser.CredentialsMode;
import dev.corsac.browser.Page;
import dev.corsac.browser.PageRequest;
import dev.corsac.browser.Transport;
import dev.corsac.browser.http.HttpTransport;
import dev.corsac.doctor.Diagnosis;
import dev.corsac.doctor.Doctor;
import dev.corsac.doctor.Verdict;
import dev.corsac.doctor.problem.RemedyServer.Guard;
import dev.corsac.doctor.problem.RemedyServer.Running;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever a page asks for, what the doctor advises once is enough: it examines the request at the
 * bare server, its remedy is put into that server, and it examines the request again.
 *
 * <p>{@code -Dcorsac.remedies.requests=200} makes more requests; {@code -Dcorsac.remedies=DIR} adds
 * the stacks that are programs, and {@code -Dcorsac.remedies.stacks=nginx,caddy} leaves out all but
 * some.
 */
class RemedyRequestsTest {
  private static final String API = "https://api.example.net";
  private static final List<String> ORIGINS =
      List.of(
          "https://shop-7.example.org:8443",
          "https://app.example.com",
          "http://localhost:3000",
          "http://127.0.0.1:5173",
          "http://intranet.example.com",
          "https://xn--bcher-kva.example",
          "capacitor://localhost",
          "http://[::1]:4200");
  private static final List<String> METHODS =
      List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "PROPFIND");
  private static final List<String> HEADERS =
      List.of(
          "Authorization",
          "Content-Type",
          "X-Api-Key",
          "x-trace-id",
          "X-Requested-With",
          "If-None-Match",
          "traceparent",
          "Idempotency-Key");

  /** What lets no unusual method through before CORS is asked. */
  private static final List<Stack> KNOWN_METHODS_ONLY = List.of(Stack.SPRING, Stack.FASTAPI);

  static Stream<Arguments> requests() {
    int number = Integer.getInteger("corsac.remedies.requests", 3);
    return servers().entrySet().stream()
        .flatMap(
            server ->
                IntStream.range(0, number)
                    .mapToObj(seed -> Arguments.of(server.getKey(), seed, server.getValue())));
  }

  /** All, or those of {@code -Dcorsac.remedies.stacks}. */
  private static Map<Stack, RemedyServer> servers() {
    Map<Stack, RemedyServer> servers = RemediesServedTest.servers();
    String programs = System.getProperty("corsac.remedies");
    if (programs != null) {
      for (Stack stack : FrameworkPrograms.STACKS) {
        servers.put(stack, new ProcessRemedyServer(stack, Path.of(programs)));
      }
    }
    String only = System.getProperty("corsac.remedies.stacks");
    if (only != null) {
      servers.keySet().retainAll(Arrays.stream(only.split(",")).map(Stack::parse).toList());
    }
    return servers;
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("requests")
  void remedy_isEnough(Stack stack, int seed, RemedyServer server) throws Exception {
    Random random = new Random(31L * seed + stack.id().hashCode());
    Page page = Page.of(pick(ORIGINS, random));
    PageRequest request = request(stack, random);
    boolean exposes = random.nextBoolean();

    Remedy remedy;
    Running bare = server.start("bare", new Remedy("", "xml", ""), Guard.NONE);
    try {
      Diagnosis before = doctor(bare, exposes).examine(page, request);
      assertThat(before.verdict()).as("%s", before).isEqualTo(Verdict.BLOCKED);
      remedy = before.remedy(stack).orElseThrow();
    } finally {
      bare.stop().run();
    }

    Running mended = server.start("allow-request", remedy, Guard.NONE);
    try {
      Diagnosis after = doctor(mended, exposes).examine(page, request);
      assertThat(after.verdict())
          .as("%s %s %s%n%s", page, request, after, remedy.code())
          .isEqualTo(Verdict.READABLE);
      assertThat(after.problem().map(Problem::kind))
          .as("%s%n%s", after, remedy.code())
          .isNotIn(Optional.of(Problem.Kind.CORS), Optional.of(Problem.Kind.COST));
      Diagnosis stranger = doctor(mended, false).examine(Page.of("https://evil.example"), request);
      assertThat(stranger.verdict()).as("%s", remedy.code()).isEqualTo(Verdict.BLOCKED);
    } finally {
      mended.stop().run();
    }
  }

  private static Doctor doctor(Running server, boolean exposes) {
    Transport transport = HttpTransport.create().map(API, "http://127.0.0.1:" + server.port());
    Doctor doctor = Doctor.create().transport(transport);
    return exposes ? doctor.reads("X-Trace-Id") : doctor;
  }

  private static PageRequest request(Stack stack, Random random) {
    String method = pick(METHODS, random);
    if (KNOWN_METHODS_ONLY.contains(stack) && method.equals("PROPFIND")) {
      method = "PATCH";
    }
    PageRequest request = PageRequest.fetch(API + "/data").method(method);
    List<String> names = new ArrayList<>(HEADERS);
    Collections.shuffle(names, random);
    for (String name : names.subList(0, 1 + random.nextInt(4))) {
      request = request.header(name, name.equals("Content-Type") ? "application/json" : "1");
    }
    if (List.of("POST", "PUT", "PATCH").contains(method)) {
      request = request.body(Body.text("{}"));
    }
    return random.nextBoolean() ? request.credentials(CredentialsMode.INCLUDE) : request;
  }

  private static String pick(List<String> values, Random random) {
    return values.get(random.nextInt(values.size()));
  }
}
