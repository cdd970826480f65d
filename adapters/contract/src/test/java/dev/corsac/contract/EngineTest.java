package dev.corsac.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.Cors;
import dev.corsac.CorsRequest;
import dev.corsac.CorsResponse;
import dev.corsac.Decision;
import dev.corsac.contract.Case.Exchange;
import dev.corsac.contract.Case.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Every case of the contract without any stack: the engine and the application, in this process.
 */
class EngineTest {
  private static final Application APPLICATION = new Application();

  @TestFactory
  Stream<DynamicContainer> cases() {
    return CaseFile.all().stream()
        .map(
            file ->
                DynamicContainer.dynamicContainer(
                    file.group(),
                    file.served(Protocol.HTTP_1_1).stream()
                        .map(c -> DynamicTest.dynamicTest(c.id(), () -> run(c)))));
  }

  private static void run(Case c) {
    Cors cors = PolicyReader.read(c.policy());
    for (Exchange exchange : c.exchanges()) {
      Decision decision = cors.decide(request(exchange.request()));
      Response response = response(decision, exchange.request());
      assertThat(Verdict.differences(exchange.expect(), response, ""))
          .as("%s: %s", c.id(), c.description())
          .isEmpty();
      Boolean ran = exchange.expect().ran();
      assertThat(ran == null || ran == decision instanceof Decision.Proceed)
          .as("whether the application runs")
          .isTrue();
    }
  }

  private static CorsRequest request(Request request) {
    return CorsRequest.of(
        request.method(),
        CorsRequest.pathOf(request.target()),
        name ->
            request.headers().entrySet().stream()
                .filter(header -> header.getKey().equalsIgnoreCase(name))
                .map(Map.Entry::getValue)
                .flatMap(List::stream)
                .map(String::strip)
                .toList());
  }

  private static Response response(Decision decision, Request request) {
    HeaderLines lines = new HeaderLines();
    int status;
    String body = "";
    if (decision instanceof Decision.Answer answer) {
      status = answer.status();
    } else {
      Reply reply = APPLICATION.run(request.method(), "/", request.app(), null);
      status = reply.status();
      body = reply.body();
      lines.all.addAll(reply.headers());
    }
    decision.applyTo(lines);
    return new Response(status, lines.all, body);
  }

  /** The header section of a response in memory. */
  private static final class HeaderLines implements CorsResponse {
    private final List<Reply.Header> all = new ArrayList<>();

    @Override
    public List<String> headers(String name) {
      return all.stream()
          .filter(header -> header.name().equalsIgnoreCase(name))
          .map(Reply.Header::value)
          .toList();
    }

    @Override
    public void setHeader(String name, String value) {
      removeHeader(name);
      addHeader(name, value);
    }

    @Override
    public void addHeader(String name, String value) {
      all.add(new Reply.Header(name, value));
    }

    @Override
    public void removeHeader(String name) {
      all.removeIf(header -> header.name().equalsIgnoreCase(name));
    }
  }
}
