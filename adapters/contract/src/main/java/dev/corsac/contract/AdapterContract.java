package dev.corsac.contract;

import dev.corsac.Cors;
import dev.corsac.contract.Case.Exchange;
import dev.corsac.contract.Case.Request;
import dev.corsac.contract.RawConnection.Response;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;

/**
 * What a stack under an adapter must do: every case of {@code conformance/http}, over real sockets.
 *
 * <p>An adapter's test extends this, names its stack and starts a server:
 *
 * <pre>{@code
 * class JdkTest extends AdapterContract {
 *   @Override
 *   protected String stack() {
 *     return "JDK HttpServer";
 *   }
 *
 *   @Override
 *   protected Server start(Cors cors, Application application) throws IOException {
 *     ...
 *   }
 * }
 * }</pre>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class AdapterContract {
  private final AtomicInteger calls = new AtomicInteger();
  private final List<CaseFile> files = CaseFile.all();
  private final Scorecard scorecard = new Scorecard(files);
  private volatile Cors current = Cors.off();
  private volatile Server server = new Server(0, () -> {});

  /** For a subclass. */
  protected AdapterContract() {}

  /** The stack's name and version, as the docs show it. */
  protected abstract String stack();

  /**
   * Starts a server that hosts the application on every path and method, under the adapter.
   *
   * @param cors what decides; it changes from case to case, so it is asked for every request
   */
  protected abstract Server start(Cors cors, Application application) throws Exception;

  /**
   * The cases that this stack fails before the adapter has a say, and why: a list that may only get
   * shorter, since a case on it that passes fails.
   */
  protected Map<String, String> knownFailures() {
    return Map.of();
  }

  @BeforeAll
  final void startServer() throws Exception {
    server = start(request -> current.decide(request), new Application());
  }

  @AfterAll
  final void stopServer() throws Exception {
    server.stop().run();
    scorecard.write(stack());
  }

  @TestFactory
  final Stream<DynamicNode> cases() {
    Stream<DynamicNode> groups = files.stream().map(this::group);
    return Stream.concat(groups, Stream.of(DynamicTest.dynamicTest("docs", this::docs)));
  }

  private DynamicNode group(CaseFile file) {
    return DynamicContainer.dynamicContainer(
        file.group(),
        Scorecard.served(file).stream()
            .map(
                c ->
                    DynamicTest.dynamicTest(
                        c.id() + ": " + c.description(), () -> test(file.group(), c))));
  }

  private void test(String group, Case c) throws IOException {
    String why = knownFailures().get(c.id());
    if (why == null) {
      run(c);
      scorecard.pass(group);
    } else {
      Assertions.assertThrows(AssertionError.class, () -> run(c), "passes now: " + why);
    }
  }

  private void docs() throws IOException {
    Path docs = Scorecard.docs();
    String row = scorecard.row(stack());
    if (docs != null && !Files.readString(docs).contains(row)) {
      Assertions.fail(docs + " lacks what this run showed:\n" + scorecard.head() + "\n" + row);
    }
  }

  private void run(Case c) throws IOException {
    current = PolicyReader.read(c.policy());
    List<String> callIds = new ArrayList<>();
    StringBuilder bytes = new StringBuilder();
    for (Exchange exchange : c.exchanges()) {
      String call = c.id() + "-" + calls.incrementAndGet();
      callIds.add(call);
      boolean last = callIds.size() == c.exchanges().size();
      bytes.append(bytes(exchange.request(), call, last));
    }
    List<Response> responses = new ArrayList<>();
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(bytes.toString());
      for (Exchange exchange : c.exchanges()) {
        responses.add(connection.receive(exchange.request().method()));
      }
    }
    current = Cors.off();
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < responses.size(); i++) {
      Exchange exchange = c.exchanges().get(i);
      differences.addAll(Verdict.differences(exchange.expect(), responses.get(i)));
      Boolean ran = exchange.expect().ran();
      int count = count(callIds.get(i));
      boolean refused = Verdict.isRefusal(exchange.expect(), responses.get(i));
      if (ran != null && count != (ran && !refused ? 1 : 0)) {
        differences.add("the application ran " + count + " times");
      }
    }
    if (!differences.isEmpty()) {
      Assertions.fail(
          c.id()
              + "\n"
              + String.join("\n", differences)
              + "\nunder "
              + c.policy()
              + "\n"
              + cut(bytes)
              + responses);
    }
  }

  private int count(String call) throws IOException {
    try (RawConnection connection = new RawConnection(server.port())) {
      connection.send(
          "GET /calls/" + call + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
      return Integer.parseInt(connection.receive("GET").body());
    }
  }

  private static String bytes(Request request, String call, boolean last) {
    StringBuilder head = new StringBuilder();
    head.append(request.method()).append(' ').append(request.target()).append(" HTTP/1.1\r\n");
    if (!request.headers().containsKey("Host")) {
      line(head, "Host", "localhost");
    }
    line(head, Application.CALL, call);
    line(head, Application.DOES, request.app());
    request.headers().forEach((name, values) -> values.forEach(value -> line(head, name, value)));
    if (last) {
      line(head, "Connection", "close");
    }
    String body = request.body();
    if (body == null) {
      return head.append("\r\n").toString();
    }
    line(head, "Content-Length", String.valueOf(body.length()));
    return head.append("\r\n").append(body).toString();
  }

  private static void line(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }

  private static String cut(CharSequence text) {
    return text.length() <= 2000 ? text.toString() : text.subSequence(0, 2000) + "…\n";
  }
}
