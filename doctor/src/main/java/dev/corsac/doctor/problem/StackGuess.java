package dev.corsac.doctor.problem;

import dev.corsac.browser.WireResponse;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A guess which stack wrote some responses, by what it is known to write into them.
 *
 * <p>What sets the CORS headers is what has to be changed: Corsac if it is there; else the
 * application rather than the container it runs in, and either rather than nginx, which is mostly
 * in front of something.
 *
 * <p>Immutable and thread-safe.
 *
 * @param stack the stack
 * @param evidence what in the responses says so, such as {@code X-Powered-By: Express}; printable
 *     ASCII
 */
public record StackGuess(Stack stack, String evidence) {
  /** Bodies are looked at as far as this, in bytes. */
  private static final int BEGINNING = 4096;

  private static final Clue NGINX =
      header(Stack.NGINX, "Server", "(?:nginx|openresty)(?:/[\\w.-]{1,20})?");

  /** The most telling first. */
  private static final List<Clue> CLUES =
      List.of(
          header(Stack.CORSAC, "Corsac-Decision", "[a-z-]{1,40}"),
          body(Stack.CORSAC, "^Corsac gateway: ")
              .described("a body that begins with Corsac gateway:"),
          body(Stack.SPRING, "^Invalid CORS request"),
          body(Stack.SPRING, "Whitelabel Error Page"),
          body(
                  Stack.SPRING,
                  "^\\{\"timestamp\":[^{}]{1,60},\"status\":\\d{3},\"error\":\"[^{}]{1,500}\"path\":\"")
              .described("an error as JSON with timestamp, status, error and path"),
          header(
                  Stack.SPRING,
                  "Vary",
                  "Origin(?:\n|, ?)Access-Control-Request-Method"
                      + "(?:\n|, ?)Access-Control-Request-Headers$")
              .described(
                  "Vary: Origin, Access-Control-Request-Method, Access-Control-Request-Headers"),
          header(Stack.SPRING, "Cache-Control", "no-cache, no-store, max-age=0, must-revalidate"),
          header(Stack.EXPRESS, "X-Powered-By", "Express"),
          header(Stack.EXPRESS, "Set-Cookie", "connect\\.sid(?==)"),
          body(Stack.EXPRESS, "<pre>Cannot [A-Z]{1,20} /"),
          body(Stack.FASTAPI, "^\\{\"detail\":\"(?:Not Found|Method Not Allowed)\"}"),
          body(Stack.FASTAPI, "^Disallowed CORS (?:origin|method|headers)"),
          header(Stack.FASTAPI, "Server", "(?:uvicorn|hypercorn)"),
          body(Stack.VERTX, "^CORS Rejected - Invalid origin"),
          body(Stack.VERTX, "^<html><body><h1>Resource not found</h1></body></html>"),
          header(Stack.VERTX, "Set-Cookie", "vertx-web\\.session(?==)"),
          header(Stack.JETTY, "Server", "Jetty(?:\\([\\w.-]{1,40}\\))?"),
          body(Stack.JETTY, "Powered by Jetty://"),
          header(Stack.TOMCAT, "Server", "Apache(?: Tomcat|-Coyote)(?:/[\\w.-]{1,20})?"),
          body(
                  Stack.TOMCAT,
                  "<title>HTTP Status \\d{3} .{1,80}</title><style type=\"text/css\">body")
              .described("the error page of Tomcat"),
          NGINX,
          body(Stack.NGINX, "<center>(?:nginx|openresty)").described("the error page of nginx"));

  /** Makes a guess. */
  public StackGuess {
    Objects.requireNonNull(stack, "stack");
    Objects.requireNonNull(evidence, "evidence");
  }

  /** The stack that wrote these responses of one URL; empty if nothing gives it away. */
  public static Optional<StackGuess> of(Collection<WireResponse> answers) {
    Optional<StackGuess> guess =
        CLUES.stream().flatMap(clue -> clue.in(answers).stream()).findFirst();
    boolean named = guess.filter(each -> each.stack() == Stack.CORSAC).isPresent();
    if (!named && answers.stream().anyMatch(StackGuess::isPreflightOfCorsac)) {
      guess = Optional.of(new StackGuess(Stack.CORSAC, "a preflight answered as Corsac does"));
    }
    if (guess.isEmpty() || guess.get().stack() == Stack.NGINX) {
      return guess;
    }
    StackGuess first = guess.get();
    String proxy = NGINX.in(answers).map(front -> ", behind " + front.evidence()).orElse("");
    return Optional.of(new StackGuess(first.stack(), first.evidence() + proxy));
  }

  /** Corsac lists what passes without being listed, and then what the policy lists. */
  private static boolean isPreflightOfCorsac(WireResponse answer) {
    return begins(answer, "Access-Control-Allow-Methods", "GET, HEAD, POST")
        && begins(
            answer,
            "Access-Control-Allow-Headers",
            "Accept, Accept-Language, Content-Language, Content-Type")
        && answer.body().length == 0;
  }

  private static boolean begins(WireResponse answer, String header, String start) {
    String value = answer.headers().get(header);
    return value != null && value.startsWith(start);
  }

  private static Clue header(Stack stack, String name, String start) {
    return new Clue(stack, name, Pattern.compile(start), "");
  }

  private static Clue body(Stack stack, String part) {
    return new Clue(stack, "", Pattern.compile(part), "");
  }

  /** One way to know a stack: a header's value starts so, or without a name, the body has it. */
  private record Clue(Stack stack, String header, Pattern pattern, String description) {
    Clue described(String newDescription) {
      return new Clue(stack, header, pattern, newDescription);
    }

    Optional<StackGuess> in(Collection<WireResponse> answers) {
      return answers.stream().flatMap(answer -> in(answer).stream()).findFirst();
    }

    private Optional<StackGuess> in(WireResponse answer) {
      Matcher matcher = pattern.matcher(header.isEmpty() ? beginning(answer) : lines(answer));
      boolean found = header.isEmpty() ? matcher.find() : matcher.lookingAt();
      return found
          ? Optional.of(new StackGuess(stack, evidence(matcher.group())))
          : Optional.empty();
    }

    private String evidence(String found) {
      if (!description.isEmpty()) {
        return description;
      }
      return header.isEmpty() ? "a body with " + found : header + ": " + found;
    }

    private String lines(WireResponse answer) {
      return String.join("\n", answer.headers().values(header));
    }

    private static String beginning(WireResponse answer) {
      byte[] body = answer.body();
      return new String(body, 0, Math.min(body.length, BEGINNING), StandardCharsets.UTF_8);
    }
  }
}
