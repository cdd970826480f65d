package dev.corsac.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import dev.corsac.browser.Body;
import dev.corsac.browser.CredentialsMode;
import dev.corsac.browser.Page;
import dev.corsac.browser.PageRequest;
import dev.corsac.browser.http.HttpTransport;
import dev.corsac.doctor.Diagnosis;
import dev.corsac.doctor.Doctor;
import dev.corsac.doctor.Verdict;
import dev.corsac.doctor.problem.Evidence;
import dev.corsac.doctor.problem.Stack;
import dev.corsac.doctor.problem.StackGuess;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Behind Corsac's gateway, without {@code explain}, the doctor sends whom it helps to corsac.yaml,
 * whatever the server behind the gateway gives away of itself.
 */
class GatewayDoctorTest {
  private static final String API = "https://api.example.net";
  private static final Page LISTED = Page.of("https://shop.example.org");
  private static final Page UNLISTED = Page.of("https://other.example.org");
  private static final String POLICY =
      "cors: { allow_origins: [\"https://shop.example.org\"], allow_methods: [PUT] }";

  private static final GatewayInFront gateway = new GatewayInFront(GatewayDoctorTest::asExpress);

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @CsvSource({
    "GET,    /data,    ''",
    "HEAD,   /data,    ''",
    "POST,   /data,    ''",
    "POST,   /data,    application/json",
    "PUT,    /data,    ''",
    "DELETE, /data,    ''",
    "GET,    /missing, ''",
    "GET,    /moved,   ''",
    "GET,    //data,   ''",
  })
  void unlistedOrigin_isNotInCorsacYaml(String method, String path, String type) throws Exception {
    PageRequest request = PageRequest.fetch(API + path).method(method);
    if (!type.isEmpty()) {
      request = request.header("Content-Type", type).body(Body.text("{}"));
    }
    for (PageRequest each : List.of(request, request.credentials(CredentialsMode.INCLUDE))) {
      Diagnosis diagnosis = examine(POLICY, UNLISTED, each);

      assertThat(diagnosis.verdict()).isEqualTo(Verdict.BLOCKED);
      assertThat(diagnosis.says()).contains("https://other.example.org is not in corsac.yaml");
      assertThat(diagnosis.fix())
          .startsWith("Add https://other.example.org to allow_origins in corsac.yaml");
      assertThat(diagnosis.stack().map(StackGuess::stack)).contains(Stack.CORSAC);
      assertThat(diagnosis.remedy(Stack.CORSAC).orElseThrow().code())
          .contains("https://other.example.org");
    }
  }

  @ParameterizedTest
  @CsvSource({"PATCH, ''", "GET, X-Api-Key", "PUT, X-Api-Key"})
  void whatIsNotAllowed_isAMatterOfCorsacYaml(String method, String header) throws Exception {
    PageRequest request = PageRequest.fetch(API + "/data").method(method);
    Diagnosis diagnosis =
        examine(POLICY, LISTED, header.isEmpty() ? request : request.header(header, "1"));

    assertThat(ids(diagnosis)).containsExactly("corsac-request");
    assertThat(diagnosis.stack().map(StackGuess::stack)).contains(Stack.CORSAC);
    assertThat(diagnosis.fix()).contains("corsac.yaml");
  }

  @Test
  void credentials_areAMatterOfCorsacYaml() throws Exception {
    Diagnosis diagnosis =
        examine(
            POLICY, LISTED, PageRequest.fetch(API + "/data").credentials(CredentialsMode.INCLUDE));

    assertThat(diagnosis.stack().map(StackGuess::stack)).contains(Stack.CORSAC);
    assertThat(ids(diagnosis)).containsExactly("corsac-request");
  }

  @ParameterizedTest
  @CsvSource({"GET, '', INCLUDE", "PATCH, '', OMIT", "GET, X-Api-Key, OMIT"})
  void whereAnyOriginPasses_nothingIsRefused_andItIsKnownAllTheSame(
      String method, String header, CredentialsMode credentials) throws Exception {
    PageRequest request = PageRequest.fetch(API + "/data").method(method).credentials(credentials);
    Diagnosis diagnosis =
        examine(
            "cors: { allow_origins: [\"*\"] }",
            UNLISTED,
            header.isEmpty() ? request : request.header(header, "1"));

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.BLOCKED);
    assertThat(diagnosis.stack().map(StackGuess::stack)).contains(Stack.CORSAC);
  }

  @Test
  void underEnforce_theRefusalItselfSaysSo() throws Exception {
    Diagnosis diagnosis =
        examine(
            POLICY.replace(" }", ", enforce: unsafe }"),
            UNLISTED,
            PageRequest.fetch(API + "/data").method("POST"));

    assertThat(ids(diagnosis)).containsExactly("corsac-origin");
    assertThat(diagnosis.says()).contains("https://other.example.org is not in corsac.yaml");
  }

  @Test
  void hostThatIsNotListed_isNoMatterOfOrigins() throws Exception {
    Diagnosis diagnosis =
        examine(POLICY + "\nhosts: [www.example.net]", LISTED, PageRequest.fetch(API + "/data"));

    assertThat(ids(diagnosis)).containsExactly("corsac-hosts");
    assertThat(diagnosis.isElsewhere()).isTrue();
  }

  @Test
  void listedOrigin_isReadable() throws Exception {
    Diagnosis diagnosis = examine(POLICY, LISTED, PageRequest.fetch(API + "/data"));

    assertThat(diagnosis.verdict()).isEqualTo(Verdict.READABLE);
    assertThat(diagnosis.evidence()).isEmpty();
  }

  private static List<String> ids(Diagnosis diagnosis) {
    return diagnosis.evidence().stream().map(Evidence::id).toList();
  }

  private static Diagnosis examine(String policy, Page page, PageRequest request)
      throws InterruptedException {
    return Doctor.create()
        .transport(HttpTransport.create().map(API, gateway.url(policy)))
        .examine(page, request);
  }

  private static void asExpress(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    exchange.getResponseHeaders().set("X-Powered-By", "Express");
    exchange.getResponseHeaders().set("Content-Type", "text/html; charset=utf-8");
    int status = path.equals("/missing") ? 404 : path.equals("/moved") ? 302 : 200;
    if (status == 302) {
      exchange.getResponseHeaders().set("Location", "/data");
    }
    byte[] body =
        (status == 404 ? "<pre>Cannot GET /missing</pre>" : "data")
            .getBytes(StandardCharsets.UTF_8);
    boolean head = exchange.getRequestMethod().equals("HEAD");
    exchange.sendResponseHeaders(status, head ? -1 : body.length);
    if (!head) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }
}
