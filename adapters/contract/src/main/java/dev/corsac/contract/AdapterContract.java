package dev.corsac.contract;

import dev.corsac.Cors;
import dev.corsac.contract.Case.Exchange;
import dev.corsac.contract.Case.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
 * What a stack under an adapter must do: every case of {@code conformance/http}, over real sockets
 * and over each protocol that the stack speaks.
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
  private final Map<Protocol, Scorecard> scorecards = new EnumMap<>(Protocol.class);
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

  /**
   * The body of a response to what the policy refuses because of its origin: empty, as an adapter
   * leaves it, unless what refuses is a server of its own and says so.
   */
  protected String refusal() {
    return "";
  }

  /** What the server speaks, on its one port; HTTP/1.1 unless it is overridden. */
  protected Set<Protocol> protocols() {
    return EnumSet.of(Protocol.HTTP_1_1);
  }

  @BeforeAll
  final void startServer() throws Exception {
    server = start(request -> current.decide(request), new Application());
  }

  @AfterAll
  final void stopServer() throws Exception {
    server.stop().run();
    for (Scorecard scorecard : scorecards.values()) {
      scorecard.write();
    }
  }

  @TestFactory
  final Stream<DynamicNode> cases() {
    return protocols().stream().map(this::cases);
  }

  private DynamicNode cases(Protocol protocol) {
    Scorecard scorecard = new Scorecard(stack(), protocol, files);
    scorecards.put(protocol, scorecard);
    Stream<DynamicNode> groups = files.stream().map(file -> group(file, protocol, scorecard));
    Stream<DynamicNode> docs = Stream.of(DynamicTest.dynamicTest("docs", () -> docs(scorecard)));
    return DynamicContainer.dynamicContainer(protocol.toString(), Stream.concat(groups, docs));
  }

  private DynamicNode group(CaseFile file, Protocol protocol, Scorecard scorecard) {
    return DynamicContainer.dynamicContainer(
        file.group(),
        file.served(protocol).stream()
            .map(
                c ->
                    DynamicTest.dynamicTest(
                        c.id() + ": " + c.description(),
                        () -> {
                          if (passes(c, protocol)) {
                            scorecard.pass(file.group());
                          }
                        })));
  }

  /** False if the case fails as is known. */
  private boolean passes(Case c, Protocol protocol) throws Exception {
    String why = knownFailures().get(c.id());
    if (why == null) {
      run(c, protocol);
      return true;
    }
    Assertions.assertThrows(AssertionError.class, () -> run(c, protocol), "passes now: " + why);
    return false;
  }

  private static void docs(Scorecard scorecard) throws IOException {
    Path docs = Scorecard.docs();
    String row = scorecard.row();
    if (docs != null && !Files.readString(docs).contains(row)) {
      Assertions.fail(docs + " lacks what this run showed:\n" + scorecard.head() + "\n" + row);
    }
  }

  private void run(Case c, Protocol protocol) throws Exception {
    current = PolicyReader.read(c.policy());
    List<String> callIds = new ArrayList<>();
    List<Request> requests = new ArrayList<>();
    for (Exchange exchange : c.exchanges()) {
      String call = c.id() + "-" + calls.incrementAndGet();
      callIds.add(call);
      requests.add(exchange.request().asCall(call));
    }
    List<Response> responses = protocol.exchange(server.port(), requests);
    current = Cors.off();
    List<String> differences = new ArrayList<>();
    for (int i = 0; i < responses.size(); i++) {
      Exchange exchange = c.exchanges().get(i);
      differences.addAll(Verdict.differences(exchange.expect(), responses.get(i), refusal()));
      Boolean ran = exchange.expect().ran();
      int count = count(callIds.get(i), protocol);
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
              + "\nover "
              + protocol
              + " under "
              + c.policy()
              + "\n"
              + cut(requests.toString())
              + "\n"
              + responses);
    }
  }

  private int count(String call, Protocol protocol) throws Exception {
    Request request = new Request("GET", "/calls/" + call, "ok", Map.of(), null);
    return Integer.parseInt(protocol.exchange(server.port(), List.of(request)).get(0).body());
  }

  private static String cut(String text) {
    return text.length() <= 2000 ? text : text.substring(0, 2000) + "…";
  }
}
