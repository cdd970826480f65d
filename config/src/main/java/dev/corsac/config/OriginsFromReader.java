package dev.corsac.config;

import dev.corsac.OriginTerms;
import dev.corsac.config.origins.DeclaredOrigins;
import dev.corsac.config.origins.OriginsFrom;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads {@code allow_origins_from}: which places a policy takes origins from. */
final class OriginsFromReader {
  static final String KEY = "allow_origins_from";
  private static final List<String> PLACES = List.of("env", "file", "database");
  private static final List<String> DATABASE_KEYS =
      List.of("url", "user", "password", "policy", "snapshot");
  private static final Pattern POLICY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");
  private static final String EXAMPLE = "- file: origins.txt";

  private final ValueReader values;
  private final Findings findings;
  private final @Nullable Path folder;
  private final Map<String, String> environment;

  /**
   * Reads the places of one file.
   *
   * @param folder what paths are relative to; null if a policy may name no place at all
   */
  OriginsFromReader(
      ValueReader values,
      Findings findings,
      @Nullable Path folder,
      Map<String, String> environment) {
    this.values = values;
    this.findings = findings;
    this.folder = folder;
    this.environment = environment;
  }

  /** The places of a policy; those that are not wrong. */
  List<DeclaredOrigins> read(Yaml.Mapping policy, OriginTerms terms) {
    Yaml.Entry entry = policy.get(KEY);
    if (entry == null) {
      return List.of();
    }
    Path root = folder;
    if (root == null) {
      findings.add(
          entry.key().place(),
          FileRule.UNKNOWN_KEY,
          KEY + " stands in a file of the gateway's: a policy by itself names no places.",
          "Write the origins below allow_origins.");
      return List.of();
    }
    if (!(entry.value() instanceof Yaml.Sequence sequence)) {
      values.wrong(entry, "is a list", "Write one place a line, such as " + EXAMPLE + ".");
      return List.of();
    }
    List<DeclaredOrigins> declared = new ArrayList<>();
    for (Yaml item : sequence.items()) {
      OriginsFrom from = item instanceof Yaml.Mapping mapping ? place(mapping) : notAPlace(item);
      if (from != null) {
        declared.add(new DeclaredOrigins(from.in(root), terms));
      }
    }
    return declared;
  }

  private @Nullable OriginsFrom place(Yaml.Mapping item) {
    values.checkKeys(item, PLACES, "of a place that origins come from");
    List<Yaml.Entry> known =
        item.entries().stream().filter(each -> PLACES.contains(each.key().text())).toList();
    if (known.size() > 1) {
      findings.add(
          known.get(1).key().place(),
          FileRule.WRONG_TYPE,
          "An entry of " + KEY + " is one place.",
          "Start a line of its own with - for each.");
    }
    if (known.size() != 1) {
      return known.isEmpty() && item.entries().isEmpty() ? notAPlace(item) : null;
    }
    return switch (known.get(0).key().text()) {
      case "env" -> environment(item);
      case "file" ->
          path(item, "file", "origins.txt").<OriginsFrom>map(OriginsFrom.File::new).orElse(null);
      default -> database(known.get(0));
    };
  }

  private @Nullable OriginsFrom notAPlace(Yaml item) {
    findings.add(
        item.place(),
        FileRule.WRONG_TYPE,
        "An entry of " + KEY + " says where origins come from.",
        "Write - env: NAME, " + EXAMPLE + " or - database: {url: \"jdbc:h2:./origins\"}.");
    return null;
  }

  private @Nullable OriginsFrom environment(Yaml.Mapping item) {
    ValueReader.Item name = values.text(item, "env", "ALLOWED_ORIGINS");
    if (name == null) {
      return null;
    }
    if (!VARIABLE.matcher(name.text()).matches()) {
      values.wrong(
          name,
          Escaped.quote(name.text()) + " is no name of a variable.",
          "Write the name alone, such as env: ALLOWED_ORIGINS.");
      return null;
    }
    return new OriginsFrom.Environment(name.text(), environment.getOrDefault(name.text(), ""));
  }

  private Optional<Path> path(Yaml.Mapping mapping, String key, String example) {
    ValueReader.Item item = values.text(mapping, key, example);
    if (item == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(Path.of(item.text()));
    } catch (InvalidPathException e) {
      values.wrong(
          item,
          Escaped.quote(item.text()) + " is no path of a file.",
          "Write " + key + ": " + example + ".");
      return Optional.empty();
    }
  }

  private @Nullable OriginsFrom database(Yaml.Entry entry) {
    Yaml.Mapping mapping = values.mapping(entry);
    if (mapping == null) {
      return null;
    }
    values.checkKeys(mapping, DATABASE_KEYS, "of a database");
    Optional<Path> snapshot = path(mapping, "snapshot", "origins.snapshot");
    String user = optional(mapping, "user");
    String password = optional(mapping, "password");
    ValueReader.Item policy = values.text(mapping, "policy", "shop");
    boolean named = policy == null || POLICY.matcher(policy.text()).matches();
    if (policy != null && !named) {
      values.wrong(
          policy,
          Escaped.quote(policy.text()) + " is no name of a policy.",
          "Write up to 64 letters, digits, dots, hyphens and underscores, such as shop.");
    }
    if (mapping.get("url") == null) {
      findings.add(
          entry.key().place(),
          FileRule.MISSING_VALUE,
          "The database has no url.",
          "Add url: \"jdbc:h2:./origins\", or jdbc:postgresql://HOST/DATABASE.");
      return null;
    }
    ValueReader.Item url = values.text(mapping, "url", "\"jdbc:h2:./origins\"");
    if (url == null || !named) {
      return null;
    }
    if (!url.text().startsWith("jdbc:h2:") && !url.text().startsWith("jdbc:postgresql:")) {
      values.wrong(
          url,
          Escaped.quote(OriginsFrom.Database.withoutSecrets(url.text()))
              + " is no address of an H2 or PostgreSQL database.",
          "Write jdbc:h2:./origins, or jdbc:postgresql://HOST/DATABASE.");
      return null;
    }
    return new OriginsFrom.Database(
        url.text(), user, password, policy == null ? "default" : policy.text(), snapshot);
  }

  /** A text that may be empty, as a password from the environment is. */
  private String optional(Yaml.Mapping mapping, String key) {
    Yaml.Entry entry = mapping.get(key);
    if (entry == null || (entry.value() instanceof Yaml.Scalar scalar && scalar.text().isEmpty())) {
      return "";
    }
    String filled = values.filled(mapping, key);
    return filled == null ? "" : filled;
  }
}
