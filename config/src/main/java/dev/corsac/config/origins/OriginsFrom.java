package dev.corsac.config.origins;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where allowed origins come from that change while a server runs: one entry of {@code
 * allow_origins_from}. Immutable; nothing is read or opened here.
 */
public sealed interface OriginsFrom {

  /** The same place, with its paths taken from a folder if they are relative. */
  OriginsFrom in(Path folder);

  /**
   * A variable of the environment: {@code env: ALLOWED_ORIGINS}.
   *
   * @param variable its name
   * @param value its value when the file was read, separated by commas or white space; empty for a
   *     variable that is not set
   */
  record Environment(String variable, String value) implements OriginsFrom {
    /** The origins that the value lists, in their order. */
    public List<String> origins() {
      return Arrays.stream(value.split("[,\\s]+", -1)).filter(origin -> !origin.isEmpty()).toList();
    }

    @Override
    public OriginsFrom in(Path folder) {
      return this;
    }

    @Override
    public String toString() {
      return "env " + variable;
    }
  }

  /**
   * A file that is watched: {@code file: origins.txt}.
   *
   * @param path a list in YAML if its name ends in .yaml, .yml or .json; else text, one origin a
   *     line, with comments after {@code #}
   */
  record File(Path path) implements OriginsFrom {
    @Override
    public OriginsFrom in(Path folder) {
      return new File(folder.resolve(path));
    }

    @Override
    public String toString() {
      return "file " + path;
    }
  }

  /**
   * The rows that a database has for a policy: {@code database: {url: …, policy: shop}}.
   *
   * @param url {@code jdbc:h2:FILE} or {@code jdbc:postgresql://HOST/DATABASE}
   * @param user who logs in; empty to leave that to the URL
   * @param password the password; empty for none
   * @param policy the name of the policy: up to 64 letters, digits, dots, hyphens and underscores
   * @param snapshot where the last good origins are kept for a start without the database; empty
   *     for {@code corsac-origins-POLICY.snapshot} beside the configuration
   */
  record Database(String url, String user, String password, String policy, Optional<Path> snapshot)
      implements OriginsFrom {
    private static final Pattern LOGIN = Pattern.compile("//(.*)@");
    private static final String H2 = "jdbc:h2:";
    private static final String H2_FILE = "jdbc:h2:file:";

    @Override
    public OriginsFrom in(Path folder) {
      String named = snapshot.map(Path::toString).orElse("corsac-origins-" + policy + ".snapshot");
      return new Database(
          located(url, folder), user, password, policy, Optional.of(folder.resolve(named)));
    }

    /** H2 takes a file from the working directory; here it is beside the file that names it. */
    private static String located(String url, Path folder) {
      boolean prefixed = url.startsWith(H2_FILE);
      String file =
          url.substring(prefixed ? H2_FILE.length() : Math.min(H2.length(), url.length()));
      return url.startsWith(H2) && file.startsWith("./")
          ? H2_FILE + folder.resolve(file.substring(2)).toAbsolutePath()
          : url;
    }

    /**
     * What no message may print: the password, and what the URL has after its file or database, and
     * for a server before its host.
     */
    public Set<String> secrets() {
      Set<String> secrets = new LinkedHashSet<>();
      secrets.add(password);
      String[] parts = url.split("[?;]", 2);
      if (parts.length == 2) {
        secrets.add(parts[1]);
        for (String option : parts[1].split("[&;]", -1)) {
          String[] pair = option.split("=", 2);
          if (pair.length == 2 && pair[0].toLowerCase(Locale.ROOT).contains("password")) {
            secrets.add(pair[1]);
            secrets.add(decoded(pair[1]));
          }
        }
      }
      Matcher login = LOGIN.matcher(parts[0]);
      if (login.find()) {
        secrets.add(login.group(1));
      }
      secrets.remove("");
      return secrets;
    }

    private static String decoded(String text) {
      try {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
      } catch (IllegalArgumentException e) {
        return text;
      }
    }

    /** An address without what may be secret: user, password and options. */
    public static String withoutSecrets(String url) {
      return url.split("[?;]", 2)[0].replaceFirst("//.*@", "//");
    }

    /** Without user, password and options, which may be secret. */
    @Override
    public String toString() {
      return "database " + withoutSecrets(url) + " policy " + policy;
    }
  }
}
