package dev.corsac.attacks.cases;

import com.fasterxml.jackson.databind.JsonNode;
import dev.corsac.attacks.lab.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client sends over HTTP/1 and what must become of it: {@code conformance/http1-requests}.
 *
 * @param head header lines with CRLF after each and an empty line after all; with them {@code body}
 * @param send instead of both, the bytes as they are, and numbers of milliseconds to wait
 */
public record Http1Case(
    String id,
    String description,
    @Nullable List<String> head,
    @Nullable String body,
    @Nullable List<JsonNode> send,
    Expected expect,
    String reference,
    String from) {

  /** What is sent, with nothing left open: texts, and pauses in milliseconds. */
  List<Script.Step> steps(Map<String, String> names) {
    List<Script.Step> steps = new ArrayList<>();
    if (send != null) {
      for (JsonNode step : send) {
        steps.add(
            step.isInt()
                ? new Script.Pause(step.intValue())
                : new Script.Send(Template.fill(step.textValue(), names)));
      }
    } else if (head != null) {
      String bytes = String.join("\r\n", head) + "\r\n\r\n" + (body == null ? "" : body);
      steps.add(new Script.Send(Template.fill(bytes, names)));
    }
    return steps;
  }

  /** All bytes, without the pauses. */
  public String bytes(Map<String, String> names) {
    StringBuilder bytes = new StringBuilder();
    for (Script.Step step : steps(names)) {
      if (step instanceof Script.Send text) {
        bytes.append(text.bytes());
      }
    }
    return bytes.toString();
  }

  @Override
  public String toString() {
    return id;
  }
}
