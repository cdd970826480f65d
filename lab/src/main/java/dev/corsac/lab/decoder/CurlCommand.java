package dev.corsac.lab.decoder;

import dev.corsac.browser.Header;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads a {@code curl} command, also as browsers copy one for bash or for Windows. */
final class CurlCommand {
  private static final Pattern START = Pattern.compile("(?m)(?:^|[\\s$`])curl(?:\\.exe)?\\s");

  /** Options with a value that says nothing about the request. */
  private static final Set<String> WITH_VALUE =
      Set.of(
          "-o",
          "--output",
          "-m",
          "--max-time",
          "--connect-timeout",
          "-x",
          "--proxy",
          "--cacert",
          "-E",
          "--cert",
          "--key",
          "-w",
          "--write-out",
          "--retry",
          "--resolve",
          "-c",
          "--cookie-jar",
          "-T",
          "--upload-file",
          "-D",
          "--dump-header");

  private static final String SHORT_WITH_VALUE = "XHdbeAuFomxEwcTD";

  private final List<String> words;
  private final List<Header> headers = new ArrayList<>();
  private final StringBuilder body = new StringBuilder();
  private @Nullable String url;
  private @Nullable String method;
  private boolean hasBody;
  private boolean query;
  private boolean head;

  private CurlCommand(List<String> words) {
    this.words = words;
  }

  static Optional<PastedRequest> in(String text) {
    Matcher start = START.matcher(text);
    if (!start.find()) {
      return Optional.empty();
    }
    CurlCommand command = new CurlCommand(ShellWords.of(text.substring(start.end())));
    command.readAll();
    return command.request();
  }

  private void readAll() {
    int i = 0;
    while (i < words.size()) {
      String word = words.get(i++);
      if (word.startsWith("--")) {
        int equals = word.indexOf('=');
        if (equals > 0) {
          take(word.substring(0, equals), word.substring(equals + 1));
        } else if (takesValue(word) && i < words.size()) {
          take(word, words.get(i++));
        } else {
          flag(word);
        }
      } else if (word.startsWith("-") && word.length() > 1) {
        i = readShort(word, i);
      } else if (url == null) {
        url = word;
      }
    }
  }

  /** Short options may be joined, the last of them with its value. */
  private int readShort(String word, int next) {
    for (int at = 1; at < word.length(); at++) {
      char option = word.charAt(at);
      if (SHORT_WITH_VALUE.indexOf(option) >= 0) {
        if (at + 1 < word.length()) {
          take("-" + option, word.substring(at + 1));
          return next;
        }
        if (next < words.size()) {
          take("-" + option, words.get(next));
        }
        return next + 1;
      }
      flag("-" + option);
    }
    return next;
  }

  private static boolean takesValue(String option) {
    return WITH_VALUE.contains(option)
        || option.startsWith("--data")
        || Set.of(
                "--request",
                "--header",
                "--cookie",
                "--url",
                "--user",
                "--user-agent",
                "--referer",
                "--form",
                "--json")
            .contains(option);
  }

  private void flag(String option) {
    head |= option.equals("-I") || option.equals("--head");
    query |= option.equals("-G") || option.equals("--get");
  }

  private void take(String option, String value) {
    switch (option) {
      case "-X", "--request" -> method = value;
      case "-H", "--header" -> {
        int colon = value.indexOf(':');
        if (colon > 0) {
          header(value.substring(0, colon).strip(), value.substring(colon + 1).strip());
        }
      }
      case "-b", "--cookie" -> header("Cookie", value);
      case "-e", "--referer" -> header("Referer", value);
      case "-u", "--user" -> header("Authorization", "Basic …");
      case "--url" -> url = value;
      case "-F", "--form" -> {
        hasBody = true;
        header("Content-Type", "multipart/form-data");
      }
      case "--json" -> {
        data(value);
        header("Content-Type", "application/json");
        header("Accept", "application/json");
      }
      case "-d", "--data", "--data-raw", "--data-binary", "--data-ascii", "--data-urlencode" ->
          data(value);
      default -> {}
    }
  }

  private void header(String name, String value) {
    headers.add(new Header(name, value));
  }

  private void data(String value) {
    hasBody = true;
    body.append(body.isEmpty() ? "" : "&").append(value);
  }

  private Optional<PastedRequest> request() {
    String target = url;
    if (target == null) {
      return Optional.empty();
    }
    if (!target.contains("://")) {
      target = "http://" + target;
    }
    boolean sent = hasBody && !query;
    boolean typed =
        headers.stream().anyMatch(h -> h.name().toLowerCase(Locale.ROOT).equals("content-type"));
    String verb = method != null ? method : head ? "HEAD" : sent ? "POST" : "GET";
    return Optional.of(
        PastedRequest.of(
            target,
            verb,
            headers,
            sent ? body.toString() : null,
            !typed,
            null,
            "cors",
            null,
            false));
  }
}
