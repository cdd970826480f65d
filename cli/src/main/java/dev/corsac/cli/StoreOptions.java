package dev.corsac.cli;

import dev.corsac.OriginTerms;
import dev.corsac.Risk;
import dev.corsac.cli.option.FileOption;
import dev.corsac.config.ConfigLoader;
import dev.corsac.config.ConfigResult;
import dev.corsac.config.origins.DeclaredOrigins;
import dev.corsac.config.origins.OriginsFrom;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** Which database of origins is meant, which policy, and what the policy demands of its origins. */
final class StoreOptions {
  static final String PASSWORD = "CORSAC_STORE_PASSWORD";
  private static final Pattern POLICY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

  enum Format {
    text,
    json
  }

  @Option(
      names = "--store",
      paramLabel = "JDBC-URL",
      description =
          "The database, such as jdbc:h2:./origins or jdbc:postgresql://HOST/DATABASE; its password"
              + " is read from "
              + PASSWORD
              + ".")
  private @Nullable String store;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      converter = FileOption.class,
      description =
          "Instead of --store: a corsac.yaml whose allow_origins_from has the database; what the"
              + " policy there demands counts.")
  private @Nullable Path config;

  @Option(names = "--user", paramLabel = "NAME", description = "Who logs in.")
  private String user = "";

  @Option(
      names = "--policy",
      paramLabel = "NAME",
      description = "Whose origins; default, if nothing else is said.")
  private @Nullable String policy;

  @Option(
      names = "--without-credentials",
      description = "The policy allows no credentials, so that less is too dangerous.")
  private boolean withoutCredentials;

  @Option(
      names = "--dangerously-allow",
      paramLabel = "DANGER",
      converter = RiskOption.class,
      description = "A danger that the policy accepts, such as insecure_origins.")
  private List<Risk> risks = new ArrayList<>();

  @Option(
      names = "--format",
      defaultValue = "text",
      description = "How to print: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Format format = Format.text;

  @Spec(Spec.Target.MIXEE)
  @SuppressWarnings("NullAway.Init")
  private CommandSpec spec;

  /** A danger, by its name in a file. */
  static final class RiskOption implements ITypeConverter<Risk> {
    @Override
    public Risk convert(String text) {
      return Arrays.stream(Risk.values())
          .filter(risk -> risk.key().equals(text))
          .findAny()
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "'"
                          + text
                          + "' is no danger that can be accepted. There are: "
                          + String.join(", ", Arrays.stream(Risk.values()).map(Risk::key).toList())
                          + "."));
    }
  }

  /** The database and the policy's terms. */
  record Chosen(OriginsFrom.Database database, OriginTerms terms) {}

  boolean json() {
    return format == Format.json;
  }

  Chosen chosen() {
    if ((store == null) == (config == null)) {
      throw wrong("Which database? Name it with --store JDBC-URL, or with --config FILE.");
    }
    return config == null ? fromUrl(store == null ? "" : store) : fromFile(config);
  }

  private Chosen fromUrl(String url) {
    if (!url.startsWith("jdbc:h2:") && !url.startsWith("jdbc:postgresql:")) {
      throw wrong(
          "'"
              + OriginsFrom.Database.withoutSecrets(url)
              + "' is no address of an H2 or PostgreSQL database. Write jdbc:h2:./origins or"
              + " jdbc:postgresql://HOST/DATABASE.");
    }
    String name = policy == null ? "default" : policy;
    if (!POLICY.matcher(name).matches()) {
      throw wrong(
          "'"
              + name
              + "' is no name of a policy. Write up to 64 letters, digits, dots, hyphens and"
              + " underscores.");
    }
    String password = System.getenv().getOrDefault(PASSWORD, "");
    String login = user.isEmpty() && url.startsWith("jdbc:h2:") ? "sa" : user;
    OriginTerms terms = OriginTerms.strict().dangerouslyAllow(risks.toArray(Risk[]::new));
    OriginsFrom database =
        new OriginsFrom.Database(url, login, password, name, Optional.empty())
            .in(Path.of("").toAbsolutePath());
    return new Chosen(
        (OriginsFrom.Database) database, withoutCredentials ? terms.withoutCredentials() : terms);
  }

  private Chosen fromFile(Path file) {
    if (withoutCredentials || !risks.isEmpty() || !user.isEmpty()) {
      throw wrong(
          "With --config, the file says who logs in and what is accepted. Leave out --user,"
              + " --without-credentials and --dangerously-allow.");
    }
    List<Chosen> there = new ArrayList<>();
    try {
      ConfigResult read = ConfigLoader.load(FileOption.readable(spec, file), System.getenv());
      if (read.config().isEmpty()) {
        throw wrong(file + " has errors; corsac lint " + file + " shows them.");
      }
      for (DeclaredOrigins each : read.config().get().declaredOrigins()) {
        if (each.from() instanceof OriginsFrom.Database database
            && (policy == null || policy.equals(database.policy()))) {
          there.add(new Chosen(database, each.terms()));
        }
      }
    } catch (IOException e) {
      throw wrong(FileOption.problem(file, e));
    }
    List<Chosen> distinct = there.stream().distinct().toList();
    if (distinct.size() != 1) {
      throw wrong(
          distinct.isEmpty()
              ? file + " has no such database in an allow_origins_from."
              : file
                  + " has several databases, or policies that demand different things of one. Name"
                  + " the policy with --policy, or the database with --store.");
    }
    return distinct.get(0);
  }

  private ParameterException wrong(String message) {
    return new ParameterException(spec.commandLine(), message);
  }
}
