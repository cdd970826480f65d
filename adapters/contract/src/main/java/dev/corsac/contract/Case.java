package dev.corsac.contract;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A case of {@code conformance/http}: under a policy, what is sent on one connection, and what has
 * to come back.
 *
 * @param id unique over all files
 * @param description what must hold, as a sentence
 * @param policy the policy in JSON, with the keys of corsac.yaml
 * @param refused the rules that refuse the policy; empty for a policy that can be built
 * @param protocols over which it is run; not all for a case of what only one of them can say
 * @param exchanges the requests, sent at once, and their answers in order
 */
record Case(
    String id,
    String description,
    JsonNode policy,
    List<String> refused,
    Set<Protocol> protocols,
    List<Exchange> exchanges) {

  /** A request and its answer. */
  record Exchange(Request request, Expectation expect) {}

  /**
   * A request, as its bytes will be.
   *
   * @param app what the application does
   * @param headers the lines by name, in order
   */
  record Request(
      String method,
      String target,
      String app,
      Map<String, List<String>> headers,
      @Nullable String body) {

    /** The request, with what the application looks at. */
    Request asCall(String call) {
      Map<String, List<String>> lines = new LinkedHashMap<>(headers);
      lines.put(Application.CALL, List.of(call));
      lines.put(Application.DOES, List.of(app));
      return new Request(method, target, app, lines, body);
    }
  }

  /**
   * What must come back.
   *
   * @param statuses one of these
   * @param cors every Access-Control header of the response and no other; a text value exactly, a
   *     list without regard to order
   * @param vary all names in Vary; null if it does not matter
   * @param varyHas names that must be among those in Vary
   * @param headers other headers: their one value, or null for none
   * @param decision what Corsac-Decision starts with; null for no such header
   * @param ran whether the application ran, null if it does not matter
   * @param serverMayRefuse whether the server itself may refuse the request as malformed or too
   *     large before any adapter sees it
   */
  record Expectation(
      List<Integer> statuses,
      JsonNode cors,
      @Nullable List<String> vary,
      List<String> varyHas,
      JsonNode headers,
      @Nullable String body,
      @Nullable String decision,
      @Nullable Boolean ran,
      boolean serverMayRefuse) {}
}
