package dev.corsac.doctor.problem;

import static java.util.Map.entry;

import dev.corsac.browser.Body;
import dev.corsac.browser.Browser;
import dev.corsac.browser.CredentialsMode;
import dev.corsac.browser.Engine;
import dev.corsac.browser.Outcome;
import dev.corsac.browser.Page;
import dev.corsac.browser.PageRequest;
import dev.corsac.browser.RedirectMode;
import dev.corsac.browser.Transport;
import dev.corsac.browser.TransportException;
import dev.corsac.browser.TransportException.Reason;
import dev.corsac.browser.WireResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The smallest exchange in which each problem shows, for those that an exchange can show. */
final class ProblemExamples {
  static final String ORIGIN = "https://app.example.com";
  static final String URL = "https://api.example.com/data";
  private static final String ALLOW_ORIGIN = "Access-Control-Allow-Origin";

  private static final Call GET = new Call(ORIGIN, URL, "GET", List.of(), false);
  private static final Call PUT = GET.method("PUT");
  private static final Call HEADER = GET.header("X-Custom-Header", "1");

  private static final Map<Problem, Example> EXAMPLES =
      Map.ofEntries(
          entry(Problem.ALLOW_ORIGIN_MISSING, GET.to(answer(200))),
          entry(Problem.ALLOW_ORIGIN_MISMATCH, GET.to(origin("https://www.example.com"))),
          entry(Problem.ALLOW_ORIGIN_INVALID, GET.to(origin("app.example.com"))),
          entry(Problem.ALLOW_ORIGIN_LIST, GET.to(origin(ORIGIN + ", https://www.example.com"))),
          entry(
              Problem.ALLOW_ORIGIN_TWICE,
              GET.to(answer(200, ALLOW_ORIGIN, ORIGIN, ALLOW_ORIGIN, ORIGIN))),
          entry(Problem.ALLOW_ORIGIN_WILDCARD, GET.include().to(origin("*"))),
          entry(Problem.ALLOW_CREDENTIALS_NOT_TRUE, GET.include().to(origin(ORIGIN))),
          entry(Problem.ERROR_WITHOUT_HEADERS, GET.to(answer(500))),
          entry(Problem.REDIRECT_WITHOUT_HEADERS, GET.to(redirect(URL + "/"))),
          entry(
              Problem.REDIRECT_TO_LOGIN,
              GET.to(allowedRedirect("https://login.example.com/", answer(200)))),
          entry(
              Problem.REDIRECT_NULL_ORIGIN,
              GET.to(allowedRedirect("https://files.example.net/data", origin(ORIGIN)))),
          entry(
              Problem.REDIRECT_CREDENTIALS,
              GET.to(allowedRedirect("https://user:secret@api.example.com/data", answer(200)))),
          entry(Problem.CACHED_FOR_ANOTHER_ORIGIN, GET.to(origin("https://www.example.com"))),
          entry(Problem.PREFLIGHT_ALLOW_ORIGIN_MISSING, PUT.to(answer(200))),
          entry(Problem.PREFLIGHT_ALLOW_ORIGIN_MISMATCH, PUT.to(origin("https://www.example.com"))),
          entry(Problem.PREFLIGHT_ALLOW_ORIGIN_INVALID, PUT.to(origin("app.example.com"))),
          entry(
              Problem.PREFLIGHT_ALLOW_ORIGIN_LIST,
              PUT.to(origin(ORIGIN + ", https://www.example.com"))),
          entry(
              Problem.PREFLIGHT_ALLOW_ORIGIN_TWICE,
              PUT.to(answer(200, ALLOW_ORIGIN, ORIGIN, ALLOW_ORIGIN, ORIGIN))),
          entry(Problem.PREFLIGHT_ALLOW_ORIGIN_WILDCARD, PUT.include().to(origin("*"))),
          entry(Problem.PREFLIGHT_ALLOW_CREDENTIALS_NOT_TRUE, PUT.include().to(origin(ORIGIN))),
          entry(Problem.PREFLIGHT_UNAUTHORIZED, PUT.to(answer(401))),
          entry(Problem.PREFLIGHT_FORBIDDEN, PUT.to(answer(403))),
          entry(Problem.PREFLIGHT_NOT_HANDLED, PUT.to(answer(405))),
          entry(Problem.PREFLIGHT_SERVER_ERROR, PUT.to(answer(500))),
          entry(Problem.PREFLIGHT_STATUS, PUT.to(answer(400, ALLOW_ORIGIN, ORIGIN))),
          entry(
              Problem.PREFLIGHT_REDIRECT,
              PUT.to(origin(302, "Location", "https://api.example.com/v2/data"))),
          entry(
              Problem.PREFLIGHT_REDIRECT_HTTPS,
              PUT.from("http://localhost:3000")
                  .at("http://api.example.com/data")
                  .to(redirect(URL))),
          entry(Problem.PREFLIGHT_REDIRECT_SLASH, PUT.to(redirect(URL + "/"))),
          entry(Problem.PREFLIGHT_REDIRECT_LOGIN, PUT.to(redirect("https://login.example.com/"))),
          entry(
              Problem.PREFLIGHT_ALLOW_METHODS_INVALID,
              PUT.to(preflight("Access-Control-Allow-Methods", "GET; PUT"))),
          entry(
              Problem.PREFLIGHT_ALLOW_HEADERS_INVALID,
              HEADER.to(preflight("Access-Control-Allow-Headers", "[X-Custom-Header]"))),
          entry(
              Problem.METHOD_NOT_ALLOWED,
              PUT.to(preflight("Access-Control-Allow-Methods", "GET, POST"))),
          entry(
              Problem.METHOD_CASE,
              GET.method("patch").to(preflight("Access-Control-Allow-Methods", "PATCH"))),
          entry(
              Problem.METHOD_STAR_CREDENTIALS,
              PUT.include().to(preflight("Access-Control-Allow-Methods", "*"))),
          entry(
              Problem.HEADER_NOT_ALLOWED,
              HEADER.to(preflight("Access-Control-Allow-Headers", "Content-Type"))),
          entry(
              Problem.HEADER_STAR_CREDENTIALS,
              HEADER.include().to(preflight("Access-Control-Allow-Headers", "*"))),
          entry(
              Problem.AUTHORIZATION_UNDER_STAR,
              GET.header("Authorization", "Bearer x")
                  .to(preflight("Access-Control-Allow-Headers", "*"))),
          entry(Problem.SAME_ORIGIN_MODE, GET.with(call -> call.mode("same-origin"), answer(200))),
          entry(
              Problem.NO_CORS_REDIRECT_MODE,
              GET.with(call -> call.mode("no-cors").redirect(RedirectMode.ERROR), answer(200))),
          entry(Problem.SCHEME_NOT_SUPPORTED, GET.at("ftp://files.example.com/").to(answer(200))),
          entry(Problem.MIXED_CONTENT, GET.at("http://api.example.com/data").to(answer(200))),
          entry(Problem.BAD_PORT, GET.at("https://api.example.com:6000/data").to(answer(200))),
          entry(
              Problem.RESOURCE_POLICY,
              GET.with(
                  call -> call.mode("no-cors"),
                  answer(200, "Cross-Origin-Resource-Policy", "same-origin"))),
          entry(
              Problem.REDIRECT_MODE_ERROR,
              GET.with(
                  call -> call.redirect(RedirectMode.ERROR), origin(302, "Location", URL + "/"))),
          entry(Problem.REDIRECT_LOOP, GET.to(origin(302, "Location", URL))),
          entry(
              Problem.REDIRECT_LEFT_ORIGIN,
              GET.at(ORIGIN + "/data").with(call -> call.mode("same-origin"), redirect(URL))),
          entry(Problem.REDIRECT_LOCATION, GET.to(origin(302, "Location", "https://"))),
          entry(
              Problem.REDIRECT_SCHEME,
              GET.to(origin(302, "Location", "ftp://files.example.com/data"))),
          entry(
              Problem.REDIRECT_STREAM,
              GET.method("POST")
                  .with(
                      call -> call.body(Body.stream("x")),
                      request ->
                          request.isPreflight()
                              ? origin(ORIGIN).send(request)
                              : origin(307, "Location", URL + "/").send(request))),
          entry(Problem.NAME_NOT_RESOLVED, GET.to(fails(Reason.NAME_NOT_RESOLVED))),
          entry(Problem.CONNECTION_REFUSED, GET.to(fails(Reason.CONNECTION_REFUSED))),
          entry(Problem.CERTIFICATE, GET.to(fails(Reason.CERTIFICATE))),
          entry(Problem.TLS, GET.to(fails(Reason.TLS))),
          entry(Problem.UNREACHABLE, GET.to(fails(Reason.UNREACHABLE))),
          entry(Problem.TIMEOUT, GET.to(fails(Reason.TIMEOUT))),
          entry(Problem.CONNECTION_CLOSED, GET.to(fails(Reason.CLOSED))),
          entry(Problem.MALFORMED_RESPONSE, GET.to(fails(Reason.MALFORMED))));

  /** What to ask about where no exchange of the model shows the problem. */
  private static final Map<Problem, Call> CALLS =
      Map.ofEntries(
          entry(Problem.COOKIE_NOT_KEPT, GET.include()),
          entry(Problem.NO_MAX_AGE, PUT),
          entry(Problem.MAX_AGE_ZERO, PUT),
          entry(Problem.STAR_NOT_REMEMBERED, PUT),
          entry(Problem.PREFLIGHT_NEEDED, PUT));

  private ProblemExamples() {}

  static Optional<Example> of(Problem problem) {
    return Optional.ofNullable(EXAMPLES.get(problem));
  }

  static Call call(Problem problem) {
    Example example = EXAMPLES.get(problem);
    return example == null ? CALLS.getOrDefault(problem, GET) : example.call();
  }

  private static Transport answer(int status, String... headers) {
    return request -> WireResponse.of(status, headers);
  }

  private static Transport origin(String value) {
    return answer(200, ALLOW_ORIGIN, value);
  }

  private static Transport origin(int status, String name, String value) {
    return answer(status, ALLOW_ORIGIN, ORIGIN, name, value);
  }

  private static Transport preflight(String name, String value) {
    return answer(
        200, ALLOW_ORIGIN, ORIGIN, "Access-Control-Allow-Credentials", "true", name, value);
  }

  private static Transport redirect(String location) {
    return answer(302, "Location", location);
  }

  private static Transport allowedRedirect(String location, Transport then) {
    return request ->
        request.url().equals(URL)
            ? origin(302, "Location", location).send(request)
            : then.send(request);
  }

  private static Transport fails(Reason reason) {
    return request -> {
      throw new TransportException(reason, "on purpose");
    };
  }

  /** What a page asks for. */
  record Call(String origin, String url, String method, List<String> headers, boolean credentials) {
    Call from(String newOrigin) {
      return new Call(newOrigin, url, method, headers, credentials);
    }

    Call at(String newUrl) {
      return new Call(origin, newUrl, method, headers, credentials);
    }

    Call method(String newMethod) {
      return new Call(origin, url, newMethod, headers, credentials);
    }

    Call header(String name, String value) {
      List<String> more = new ArrayList<>(headers);
      more.add(name + ": " + value);
      return new Call(origin, url, method, more, credentials);
    }

    Call include() {
      return new Call(origin, url, method, headers, true);
    }

    Example to(Transport server) {
      return with(call -> call, server);
    }

    Example with(UnaryOperator<PageRequest> more, Transport server) {
      PageRequest request = PageRequest.fetch(url).method(method);
      for (String header : headers) {
        String[] parts = header.split(": ", 2);
        request = request.header(parts[0], parts[1]);
      }
      if (credentials) {
        request = request.credentials(CredentialsMode.INCLUDE);
      }
      return new Example(this, more.apply(request), server);
    }

    /** The command that makes the same request. */
    String command() {
      StringBuilder out = new StringBuilder("./corsac doctor " + url + " --origin " + origin);
      if (!method.equals("GET")) {
        out.append(" --method ").append(method);
      }
      headers.forEach(header -> out.append(" --header '").append(header).append('\''));
      return out.append(credentials ? " --credentials include" : "").toString();
    }
  }

  /** A call and the server it meets. */
  record Example(Call call, PageRequest request, Transport server) {
    Outcome in(Engine engine) {
      return Browser.builder(engine, server).build().load(Page.of(call.origin()), request);
    }
  }
}
