package dev.corsac.cli;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.corsac.browser.Engine;
import dev.corsac.browser.Exchange;
import dev.corsac.browser.Header;
import dev.corsac.browser.WireRequest;
import dev.corsac.browser.WireResponse;
import dev.corsac.cli.text.Json;
import dev.corsac.doctor.DecidingHeader;
import dev.corsac.doctor.Diagnosis;
import dev.corsac.doctor.problem.Problem;
import dev.corsac.doctor.problem.Stack;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** A diagnosis for machines; docs/doctor.md says what its members are. */
record DoctorJson(
    String verdict,
    String browser,
    @Nullable String cause,
    @Nullable String says,
    @Nullable String why,
    @Nullable String fix,
    List<Sign> evidence,
    @JsonInclude(Include.NON_NULL) @Nullable RemedyJson remedy,
    @Nullable String chromium,
    Map<String, @Nullable String> console,
    Map<String, Boolean> readable,
    List<Note> notes,
    List<Message> messages,
    List<String> curl) {
  private static final List<Engine> BROWSERS =
      List.of(Engine.CHROMIUM, Engine.FIREFOX, Engine.WEBKIT);

  /** What a response gives away, and whether CORS set-up of the server changes it. */
  record Sign(String id, boolean setup) {}

  record Note(String id, String says, String fix) {}

  /** A failure stands where there is no response; what decides is named where it does. */
  record Message(
      Request request,
      @Nullable Response response,
      @JsonInclude(Include.NON_NULL) @Nullable String failure,
      @JsonInclude(Include.NON_NULL) @Nullable String decides) {}

  record Request(boolean preflight, String method, String url, List<Header> headers) {
    static Request of(WireRequest request) {
      return new Request(
          request.isPreflight(), request.method(), request.url(), request.headers().lines());
    }
  }

  record Response(int status, List<Header> headers) {}

  static String of(Diagnosis diagnosis, @Nullable Stack stack) {
    Map<String, @Nullable String> console = new LinkedHashMap<>();
    Map<String, Boolean> readable = new LinkedHashMap<>();
    for (Engine each : BROWSERS) {
      console.put(name(each), diagnosis.consoleLine(each).orElse(null));
      readable.put(name(each), diagnosis.isReadableIn(each));
    }
    return Json.text(
        new DoctorJson(
            diagnosis.verdict().id(),
            name(diagnosis.engine()),
            diagnosis.problem().map(Problem::id).orElse(null),
            diagnosis.problem().map(problem -> diagnosis.says()).orElse(null),
            diagnosis.problem().map(Problem::why).orElse(null),
            diagnosis.problem().map(problem -> diagnosis.fix()).orElse(null),
            diagnosis.evidence().stream()
                .map(each -> new Sign(each.id(), !each.isElsewhere()))
                .toList(),
            remedy(diagnosis, stack),
            diagnosis.chromiumError().orElse(null),
            console,
            readable,
            diagnosis.remarks().stream()
                .map(note -> new Note(note.problem().id(), note.says(), note.problem().fix()))
                .toList(),
            IntStream.range(0, diagnosis.exchanges().size())
                .mapToObj(index -> message(diagnosis, index))
                .toList(),
            diagnosis.curl()));
  }

  private static @Nullable RemedyJson remedy(Diagnosis diagnosis, @Nullable Stack wanted) {
    StackChoice choice = StackChoice.of(wanted, diagnosis).orElse(null);
    return choice == null
        ? null
        : diagnosis
            .remedy(choice.stack())
            .map(remedy -> RemedyJson.of(choice.stack(), remedy, !choice.reason().isEmpty()))
            .orElse(null);
  }

  private static Message message(Diagnosis diagnosis, int index) {
    Exchange exchange = diagnosis.exchanges().get(index);
    WireResponse response = exchange.response();
    return new Message(
        Request.of(exchange.request()),
        response == null ? null : new Response(response.status(), response.headers().lines()),
        exchange.failure(),
        diagnosis
            .decidingHeader()
            .filter(mark -> mark.exchange() == index)
            .map(DecidingHeader::header)
            .map(header -> header.isEmpty() ? "status" : header)
            .orElse(null));
  }

  private static String name(Engine engine) {
    return engine.name().toLowerCase(Locale.ROOT);
  }
}
