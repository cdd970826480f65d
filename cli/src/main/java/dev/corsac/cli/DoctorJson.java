package dev.corsac.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.corsac.browser.Engine;
import dev.corsac.browser.Exchange;
import dev.corsac.browser.Header;
import dev.corsac.browser.Headers;
import dev.corsac.browser.WireResponse;
import dev.corsac.doctor.DecidingHeader;
import dev.corsac.doctor.Diagnosis;
import dev.corsac.doctor.problem.Problem;
import dev.corsac.doctor.problem.ProblemCase;
import dev.corsac.doctor.problem.Stack;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** A diagnosis as one object; docs/doctor.md says what its members are. */
final class DoctorJson {
  private static final List<Engine> BROWSERS =
      List.of(Engine.CHROMIUM, Engine.FIREFOX, Engine.WEBKIT);

  private DoctorJson() {}

  static String of(Diagnosis diagnosis, @Nullable Stack stack) {
    ObjectNode root = JsonNodeFactory.instance.objectNode();
    root.put("verdict", diagnosis.verdict().id());
    root.put("browser", name(diagnosis.engine()));
    root.put("cause", diagnosis.problem().map(Problem::id).orElse(null));
    root.put("says", diagnosis.problem().isPresent() ? diagnosis.says() : null);
    root.put("why", diagnosis.problem().map(Problem::why).orElse(null));
    root.put("fix", diagnosis.problem().map(Problem::fix).orElse(null));
    StackChoice.of(stack, diagnosis)
        .ifPresent(
            choice ->
                diagnosis
                    .remedy(choice.stack())
                    .ifPresent(
                        remedy ->
                            RemedyJson.add(root, choice.stack(), remedy)
                                .put("guessed", !choice.reason().isEmpty())));
    root.put("chromium", diagnosis.chromiumError().orElse(null));
    ObjectNode console = root.putObject("console");
    ObjectNode readable = root.putObject("readable");
    for (Engine each : BROWSERS) {
      console.put(name(each), diagnosis.consoleLine(each).orElse(null));
      readable.put(name(each), diagnosis.isReadableIn(each));
    }
    ArrayNode notes = root.putArray("notes");
    for (ProblemCase note : diagnosis.remarks()) {
      notes
          .addObject()
          .put("id", note.problem().id())
          .put("says", note.says())
          .put("fix", note.problem().fix());
    }
    addMessages(root.putArray("messages"), diagnosis);
    diagnosis.curl().forEach(root.putArray("curl")::add);
    return Json.text(root);
  }

  private static void addMessages(ArrayNode messages, Diagnosis diagnosis) {
    List<Exchange> exchanges = diagnosis.exchanges();
    for (int i = 0; i < exchanges.size(); i++) {
      Exchange exchange = exchanges.get(i);
      ObjectNode message = messages.addObject();
      ObjectNode request = message.putObject("request");
      request
          .put("preflight", exchange.request().isPreflight())
          .put("method", exchange.request().method())
          .put("url", exchange.request().url());
      addHeaders(request, exchange.request().headers());
      WireResponse answer = exchange.response();
      if (answer == null) {
        message.putNull("response");
        message.put("failure", exchange.failure());
      } else {
        ObjectNode response = message.putObject("response").put("status", answer.status());
        addHeaders(response, answer.headers());
      }
      int index = i;
      diagnosis
          .decidingHeader()
          .filter(mark -> mark.exchange() == index)
          .map(DecidingHeader::header)
          .ifPresent(header -> message.put("decides", header.isEmpty() ? "status" : header));
    }
  }

  private static void addHeaders(ObjectNode target, Headers headers) {
    ArrayNode array = target.putArray("headers");
    for (Header header : headers) {
      array.addObject().put("name", header.name()).put("value", header.value());
    }
  }

  private static String name(Engine engine) {
    return engine.name().toLowerCase(Locale.ROOT);
  }
}
