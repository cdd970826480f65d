package dev.corsac.config;

import dev.corsac.Cors;
import dev.corsac.InvalidPolicyException;
import dev.corsac.finding.Finding;
import dev.corsac.finding.PolicyRule;
import dev.corsac.finding.Rule;
import dev.corsac.finding.SettingPath;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Reads {@code corsac.yaml}.
 *
 * <p>{@link #load} reads what runs: the file with the profile that {@code CORSAC_ENV}, else {@code
 * ENV} names. {@link #lint} checks everything that could run: the file by itself and with each of
 * its profiles. Whatever is in the file, neither throws: what is wrong is a finding.
 *
 * <p>{@code ${NAME}} and {@code ${NAME:-default}} in a value read the environment; what comes from
 * there is a value and never read as YAML, and a list takes it apart at commas.
 */
public final class ConfigLoader {
  private static final List<String> POLICY_KEYS = List.of("cors");

  private ConfigLoader() {}

  /**
   * Reads a file with the profile that the environment names.
   *
   * @param environment what {@code ${NAME}} and the choice of the profile are read from, such as
   *     {@link System#getenv()}
   * @throws IOException if the file cannot be read, or is not a regular file
   */
  public static ConfigResult load(Path file, Map<String, String> environment) throws IOException {
    Findings findings = new Findings();
    String text = read(file, findings);
    Profiles profiles = text == null ? null : profiles(text, findings);
    if (profiles == null) {
      return new ConfigResult(Optional.empty(), Optional.empty(), findings.in(file.toString()));
    }
    ActiveProfile profile = profiles.selected(environment, findings);
    Findings found = new Findings();
    CorsacConfig config = ConfigReader.read(profile, environment, found, folder(file));
    findings.addAll(found, profile);
    return new ConfigResult(
        findings.hasErrors() ? Optional.empty() : Optional.of(config),
        Optional.ofNullable(profile.name()),
        findings.in(file.toString()));
  }

  /**
   * Reads a file by itself and with each of its profiles.
   *
   * @param environment what {@code ${NAME}} is read from; it does not choose a profile here
   * @return what each reading gives, by the name of the profile; the file by itself comes first,
   *     under the empty text
   * @throws IOException if the file cannot be read, or is not a regular file
   */
  public static Map<String, ConfigResult> loadAll(Path file, Map<String, String> environment)
      throws IOException {
    Findings findings = new Findings();
    String text = read(file, findings);
    Profiles profiles = text == null ? null : profiles(text, findings);
    Map<String, ConfigResult> all = new LinkedHashMap<>();
    if (profiles == null || findings.hasErrors()) {
      all.put(
          "", new ConfigResult(Optional.empty(), Optional.empty(), findings.in(file.toString())));
      return all;
    }
    for (ActiveProfile profile : profiles.all()) {
      Findings found = new Findings();
      CorsacConfig config = ConfigReader.read(profile, environment, found, folder(file));
      Findings told = new Findings();
      told.addAll(found, profile);
      Optional<String> name = Optional.ofNullable(profile.name());
      all.put(
          name.orElse(""),
          new ConfigResult(
              told.hasErrors() ? Optional.empty() : Optional.of(config),
              name,
              told.in(file.toString())));
    }
    return all;
  }

  /**
   * Checks a file by itself and with each of its profiles.
   *
   * @param environment what {@code ${NAME}} and the choice of the profile are read from
   * @return errors and warnings, by line and column; what several profiles share once
   * @throws IOException if the file cannot be read, or is not a regular file
   */
  public static List<FileFinding> lint(Path file, Map<String, String> environment)
      throws IOException {
    Findings findings = new Findings();
    String text = read(file, findings);
    Profiles profiles = text == null ? null : profiles(text, findings);
    if (profiles != null) {
      profiles.selected(environment, findings);
      for (ActiveProfile profile : profiles.all()) {
        Findings found = new Findings();
        ConfigReader.read(profile, environment, found, folder(file));
        findings.addAll(found, profile);
      }
    }
    return findings.in(file.toString());
  }

  /**
   * Checks the text of a file that says {@code cors} and nothing else, which a stranger may have
   * written: neither a file nor the environment is looked at.
   *
   * <pre>
   * permitted    cors:                                       cors: off
   *                allow_origins: [https://example.com]
   * prohibited   routes, upstream and every other key
   * </pre>
   *
   * @param name the file as findings name it
   */
  public static ConfigResult loadPolicy(String name, String text) {
    Findings findings = new Findings();
    CorsacConfig.Builder config = CorsacConfig.builder();
    Yaml.Mapping file = isTooLong(text.length(), findings) ? null : mapping(text, findings);
    if (file != null) {
      ActiveProfile profile = ActiveProfile.of(file, List.of());
      ValueReader values = new ValueReader(Map.of(), findings, POLICY_KEYS);
      values.checkKeys(file, POLICY_KEYS, "of a policy by itself");
      Yaml.Entry cors = file.get("cors");
      if (cors != null) {
        OriginsFromReader nowhere = new OriginsFromReader(values, findings, null, Map.of());
        PolicyReader.read(cors, values, findings, profile, nowhere).ifPresent(config::cors);
      }
    }
    return new ConfigResult(
        findings.hasErrors() ? Optional.empty() : Optional.of(config.build()),
        Optional.empty(),
        findings.in(name));
  }

  /**
   * Reads policies that stand elsewhere than in a file, such as in the properties of a framework.
   *
   * @param settings {@code cors}, {@code shadow}, {@code routes} and {@code hosts} with the keys of
   *     {@code corsac.yaml}; values are maps, lists, and everything else by its text
   * @param profiles the names of the active profiles: what only matters where strangers come is not
   *     reported if one is {@code development}, {@code dev}, {@code local} or {@code test}
   * @param warnings gets what is unwise
   * @return one policy, or the routes with {@code cors} as the last of them
   * @throws InvalidPolicyException with every error at once, each at its path, such as {@code
   *     routes[0].cors.allow_origins[1]}
   */
  public static Cors read(
      Map<String, ?> settings, Collection<String> profiles, Consumer<Finding> warnings) {
    return read(settings, profiles, warnings, config -> {});
  }

  /**
   * Reads policies as {@link #read(Map, Collection, Consumer)} does, and tells what stands beside
   * them: the candidates ({@code shadow}, also of a route), and the places that origins come from.
   * Variables of those are the process's, their paths are relative to its working directory.
   *
   * @param config gets what was read, unless there is an error. A place allows nothing until it is
   *     connected, and a candidate is asked by nobody
   */
  public static Cors read(
      Map<String, ?> settings,
      Collection<String> profiles,
      Consumer<Finding> warnings,
      Consumer<? super CorsacConfig> config) {
    return MapReader.read(settings, profiles, warnings, config);
  }

  /** What paths in a file are relative to. */
  private static Path folder(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    return folder == null ? file.toAbsolutePath() : folder;
  }

  /** Every rule that a file is checked against, those of its policies first. */
  public static List<Rule> rules() {
    return Stream.<Rule>concat(Arrays.stream(PolicyRule.values()), Arrays.stream(FileRule.values()))
        .toList();
  }

  private static @Nullable Profiles profiles(String text, Findings findings) {
    Yaml.Mapping file = mapping(text, findings);
    return file == null ? null : new Profiles(file, findings);
  }

  private static Yaml.@Nullable Mapping mapping(String text, Findings findings) {
    Yaml root = YamlParser.parse(text, findings);
    if (root instanceof Yaml.Mapping mapping) {
      return mapping.at(SettingPath.ROOT);
    }
    if (root != null) {
      findings.add(
          root.place(),
          FileRule.WRONG_TYPE,
          "The file is keys with values, such as cors:.",
          "Start with cors: and the allow_origins below it.");
    }
    return null;
  }

  /**
   * The bytes of a file, as {@link #load} reads them: never more than it takes to see that the file
   * is too large, and never of what could block or has no end, such as a pipe or a device.
   *
   * @throws IOException if the file cannot be read, or is not a regular file
   */
  static byte[] bytes(Path file) throws IOException {
    attributes(file);
    try (InputStream stream = Files.newInputStream(file)) {
      return stream.readNBytes(YamlParser.MAX_LENGTH + 1);
    }
  }

  /** What can be told of a regular file without opening it; links are followed. */
  static BasicFileAttributes attributes(Path file) throws IOException {
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    if (attributes.isDirectory()) {
      throw new FileSystemException(file.toString(), null, "it is a directory");
    }
    if (!attributes.isRegularFile()) {
      throw new FileSystemException(file.toString(), null, "it is a device or a pipe");
    }
    return attributes;
  }

  private static @Nullable String read(Path file, Findings findings) throws IOException {
    byte[] bytes = bytes(file);
    return isTooLong(bytes.length, findings) ? null : decode(bytes, findings);
  }

  private static boolean isTooLong(int length, Findings findings) {
    if (length <= YamlParser.MAX_LENGTH) {
      return false;
    }
    findings.add(
        Place.START,
        FileRule.FILE_SYNTAX,
        "The file is larger than " + (YamlParser.MAX_LENGTH >> 20) + " MiB.",
        "Keep that many origins in a source of their own.");
    return true;
  }

  private static @Nullable String decode(byte[] bytes, Findings findings) {
    CharsetDecoder decoder =
        StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    CharBuffer text = CharBuffer.allocate(bytes.length + 1);
    CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), text, true);
    text.flip();
    if (result.isError()) {
      findings.add(
          Place.at(Position.of(text, text.length())),
          FileRule.FILE_SYNTAX,
          "The file is not UTF-8 from here on.",
          "Save it as UTF-8.");
      return null;
    }
    boolean mark = text.length() > 0 && text.charAt(0) == '\ufeff';
    return mark ? text.subSequence(1, text.length()).toString() : text.toString();
  }
}
