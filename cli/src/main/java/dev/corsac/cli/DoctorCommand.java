package dev.corsac.cli;

import dev.corsac.browser.Body;
import dev.corsac.browser.CredentialsMode;
import dev.corsac.browser.Engine;
import dev.corsac.browser.Page;
import dev.corsac.browser.PageContext;
import dev.corsac.browser.PageRequest;
import dev.corsac.browser.Transport;
import dev.corsac.browser.http.HttpTransport;
import dev.corsac.cli.option.HeaderOption;
import dev.corsac.cli.option.SecondsOption;
import dev.corsac.cli.option.StackOption;
import dev.corsac.doctor.Diagnosis;
import dev.corsac.doctor.Doctor;
import dev.corsac.doctor.problem.Stack;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code corsac doctor}: what a browser would do with a request, and why. */
@Command(
    name = "doctor",
    description = {
      "Says why a page cannot read the response of URL, and what to change.",
      "Sends what a browser would send. corsac problem ID explains each problem.",
      ""
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:the page can read the response",
      "1:the browser keeps it from the page",
      "2:wrong arguments",
      "3:there is no response"
    })
final class DoctorCommand implements Callable<Integer> {
  private static final Duration PAGE_PATIENCE = Duration.ofSeconds(3);

  enum Format {
    text,
    json
  }

  enum BrowserName {
    chromium,
    firefox,
    webkit
  }

  @Parameters(paramLabel = "URL", description = "What the page asks for.")
  private String url = "";

  @Option(
      names = "--origin",
      paramLabel = "ORIGIN",
      description =
          "The page's origin, such as https://app.example.com, capacitor://localhost, null, or"
              + " file: for a page from disk.")
  private @Nullable String origin;

  @Option(
      names = "--page",
      paramLabel = "PAGE",
      description =
          "The page's URL, whose policies count as well. Default: the root of the origin.")
  private @Nullable String pageUrl;

  @Option(
      names = {"-X", "--method"},
      paramLabel = "METHOD",
      description = "Default: GET, or POST with --data.")
  private @Nullable String method;

  @Option(
      names = {"-H", "--header"},
      paramLabel = "'NAME: VALUE'",
      converter = HeaderOption.Converter.class,
      description = "A header that the page's JavaScript sets; may be repeated.")
  private List<HeaderOption> headers = new ArrayList<>();

  @Option(
      names = {"-d", "--data"},
      paramLabel = "BODY",
      description = "The body, text/plain unless --header says otherwise.")
  private @Nullable String data;

  @Option(
      names = "--credentials",
      paramLabel = "MODE",
      defaultValue = "same-origin",
      description = "include, omit or same-origin. Default: ${DEFAULT-VALUE}, as fetch().")
  private String credentials = "same-origin";

  @Option(
      names = "--cookie",
      paramLabel = "COOKIE",
      description =
          "A cookie the browser has for URL, with its attributes: 'id=1; SameSite=Lax'; may be"
              + " repeated.")
  private List<String> cookies = new ArrayList<>();

  @Option(
      names = "--expose",
      paramLabel = "NAME",
      description =
          "A header of the response that the page's JavaScript reads, such as X-Total-Count; may be"
              + " repeated.")
  private List<String> reads = new ArrayList<>();

  @Option(
      names = "--mode",
      paramLabel = "MODE",
      defaultValue = "cors",
      description = "cors, no-cors or same-origin. Default: ${DEFAULT-VALUE}.")
  private String mode = "cors";

  @Option(
      names = "--browser",
      paramLabel = "BROWSER",
      defaultValue = "chromium",
      description = "Whose verdict: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private BrowserName browser = BrowserName.chromium;

  @Option(
      names = "--stack",
      paramLabel = "STACK",
      converter = StackOption.class,
      completionCandidates = StackOption.Names.class,
      description =
          "For which server to say the fix: ${COMPLETION-CANDIDATES}."
              + " Default: guessed from the responses.")
  private @Nullable Stack stack;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "10",
      converter = SecondsOption.class,
      description = "How long all of it may take. Default: ${DEFAULT-VALUE}.")
  private Duration timeout = Duration.ofSeconds(10);

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      defaultValue = "text",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Format format = Format.text;

  @Spec
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  @Override
  public Integer call() {
    PageRequest request = request();
    // Its time runs from here on, so that the page and the request share it.
    Transport transport = transport(timeout);
    Page page = page();
    Doctor doctor = Doctor.create().transport(transport).engine(engine());
    for (String cookie : cookies) {
      doctor = doctor.cookie(cookie);
    }
    for (String header : reads) {
      doctor = doctor.reads(header);
    }
    Diagnosis diagnosis = doctor.examine(page, request);
    switch (format) {
      case text ->
          new DoctorText(
                  new Report(spec.commandLine().getOut(), spec.commandLine().getColorScheme(), 13),
                  diagnosis,
                  stack)
              .print();
      case json -> spec.commandLine().getOut().println(DoctorJson.of(diagnosis, stack));
    }
    return switch (diagnosis.verdict()) {
      case READABLE -> 0;
      case BLOCKED -> 1;
      case UNREACHABLE -> 3;
    };
  }

  private static Transport transport(Duration total) {
    return HttpTransport.create().timeout(total).within(total);
  }

  private Engine engine() {
    return switch (browser) {
      case chromium -> Engine.CHROMIUM;
      case firefox -> Engine.FIREFOX;
      case webkit -> Engine.WEBKIT;
    };
  }

  private Page page() {
    if (origin == null && pageUrl == null) {
      throw refuse(
          "Who asks? Give the page's origin: --origin http://localhost:3000, or its URL: --page.");
    }
    String name = origin == null ? originOf(pageUrl == null ? "" : pageUrl) : origin;
    if (name.equals("null")) {
      return Page.opaque(PageContext.SANDBOXED_IFRAME);
    }
    if (UrlText.isFile(name)) {
      return Page.opaque(PageContext.FILE);
    }
    try {
      Page page = Page.of(name);
      boolean visitable = page.origin().startsWith("http");
      String at = pageUrl == null ? page.origin() + "/" : pageUrl;
      return visitable
          ? Doctor.create().transport(transport(pagePatience())).visit(page, at).orElse(page)
          : page;
    } catch (IllegalArgumentException wrong) {
      throw refuse("--origin: " + wrong.getMessage());
    }
  }

  /** The page is asked for a part of the time only: most of it is for the request. */
  private Duration pagePatience() {
    Duration part = timeout.dividedBy(3);
    return part.compareTo(PAGE_PATIENCE) < 0 ? part : PAGE_PATIENCE;
  }

  private String originOf(String text) {
    return UrlText.isFile(text) ? "file://" : UrlText.origin(checked("--page", text));
  }

  private PageRequest request() {
    if (UrlText.isFile(url)) {
      throw refuse(
          "URL '"
              + url
              + "' is a file, and a file has no CORS headers: no page may fetch one of another"
              + " origin. Serve its folder over http, and give that URL.");
    }
    PageRequest request =
        PageRequest.fetch(checked("URL", url))
            .method(method == null ? data == null ? "GET" : "POST" : method)
            .mode(mode)
            .credentials(credentialsMode());
    for (HeaderOption header : headers) {
      request = request.header(header.name(), header.value());
    }
    return data == null ? request : request.body(Body.text(data));
  }

  private String checked(String what, String text) {
    Optional<String> wrong = UrlText.wrong(text);
    if (wrong.isPresent()) {
      throw refuse(what + " " + wrong.get());
    }
    return text.strip();
  }

  private CredentialsMode credentialsMode() {
    return switch (credentials.toLowerCase(Locale.ROOT)) {
      case "include" -> CredentialsMode.INCLUDE;
      case "omit" -> CredentialsMode.OMIT;
      case "same-origin" -> CredentialsMode.SAME_ORIGIN;
      default ->
          throw refuse("--credentials is include, omit or same-origin, not '" + credentials + "'.");
    };
  }

  private ParameterException refuse(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
