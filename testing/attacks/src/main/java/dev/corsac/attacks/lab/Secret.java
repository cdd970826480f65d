package dev.corsac.attacks.lab;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What tells one client's requests from another's. A client puts its name into the target; the
 * response carries the name after {@code secret-}, and nobody else may ever see that.
 */
public final class Secret {
  private static final Pattern NAME = Pattern.compile("n[0-9a-f]{15}");
  private static final Pattern TOLD = Pattern.compile("secret-(n[0-9a-f]{15}|POISON)");

  private Secret() {}

  public static String newName() {
    long random = ThreadLocalRandom.current().nextLong();
    return "n" + String.format("%016x", random).substring(1);
  }

  /** The first name in a head. */
  static Optional<String> nameIn(String head) {
    Matcher name = NAME.matcher(head);
    return name.find() ? Optional.of(name.group()) : Optional.empty();
  }

  public static String of(String name) {
    return "secret-" + name;
  }

  /** The names of others whose secret is among the bytes. */
  public static List<String> othersIn(String bytes, String own) {
    return TOLD.matcher(bytes)
        .results()
        .map((MatchResult told) -> told.group(1))
        .filter(told -> !told.equals(own))
        .distinct()
        .toList();
  }

  /** The response that belongs to a request with a name. */
  public static String response(String name, boolean withBody) {
    String body = of(name);
    return "HTTP/1.1 200 OK\r\nX-Secret: "
        + body
        + "\r\nContent-Length: "
        + body.length()
        + "\r\n\r\n"
        + (withBody ? body : "");
  }
}
