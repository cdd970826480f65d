package dev.corsac.spring;

import dev.corsac.Cors;
import dev.corsac.InvalidPolicyException;
import dev.corsac.config.ConfigLoader;
import dev.corsac.config.CorsacConfig;
import dev.corsac.finding.Finding;
import dev.corsac.spring.PropertyNames.Known;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.PropertySourcesPlaceholdersResolver;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName.Form;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.boot.context.properties.source.IterableConfigurationPropertySource;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.core.ResolvableType;
import org.springframework.core.env.Environment;

/**
 * {@code corsac.*} of an environment, found by Spring's relaxed rules and judged by the reader of
 * {@code corsac.yaml}.
 */
final class CorsProperties {
  private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("corsac");
  private static final ConfigurationPropertyName CORS = ROOT.append("cors");
  private static final ConfigurationPropertyName SHADOW = ROOT.append("shadow");
  private static final ConfigurationPropertyName ROUTES = ROOT.append("routes");
  private static final String HOSTS = "hosts";
  private static final Bindable<String> TEXT = Bindable.of(String.class);
  private static final Bindable<List<Map<String, Object>>> MAPS =
      Bindable.of(
          ResolvableType.forClassWithGenerics(
              List.class,
              ResolvableType.forClassWithGenerics(Map.class, String.class, Object.class)));

  private static final String LOG_DENIED = "log-denied";

  private static final Known TOP =
      new Known(List.of(HOSTS), List.of(LOG_DENIED), List.of("cors", "shadow", "routes"));
  private static final Known ROUTE =
      new Known(List.of(), List.of("path"), List.of("cors", "shadow"));
  private static final Known POLICY =
      new Known(PropertyNames.LISTS, PropertyNames.VALUES, PropertyNames.GROUPS);

  private final Environment environment;
  private final List<IterableConfigurationPropertySource> sources;

  CorsProperties(Environment environment) {
    this.environment = environment;
    this.sources =
        StreamSupport.stream(ConfigurationPropertySources.get(environment).spliterator(), false)
            .filter(IterableConfigurationPropertySource.class::isInstance)
            .map(IterableConfigurationPropertySource.class::cast)
            .toList();
  }

  /** Whether each request that is denied gets a line in the log. */
  static boolean logsDenied(Environment environment) {
    return Boolean.TRUE.equals(
        Binder.get(environment)
            .bind(ROOT.append(LOG_DENIED), Bindable.of(Boolean.class))
            .orElse(Boolean.FALSE));
  }

  /** Whether there is any property that a policy could be read from. */
  boolean decide() {
    return Stream.of(CORS, ROUTES, ROOT.append(HOSTS)).anyMatch(name -> !from(name).isEmpty());
  }

  /** The same of a policy or a candidate. */
  boolean exist() {
    return decide() || !from(SHADOW).isEmpty();
  }

  /**
   * What the properties say; off if they say nothing.
   *
   * @param config gets all that was read
   * @throws InvalidPolicyException with every error at once, each at its property
   */
  Cors read(Consumer<Finding> warnings, Consumer<CorsacConfig> config) {
    Map<String, Object> settings = new LinkedHashMap<>();
    for (ConfigurationPropertyName name : List.of(CORS, SHADOW)) {
      List<IterableConfigurationPropertySource> from = from(name);
      if (!from.isEmpty()) {
        settings.put(name.getLastElement(Form.UNIFORM), policy(name, from));
      }
    }
    List<IterableConfigurationPropertySource> routes = from(ROUTES);
    if (!routes.isEmpty()) {
      settings.put("routes", routes(routes.get(0)));
    }
    binder(List.copyOf(sources))
        .bind(ROOT.append(HOSTS), Bindable.listOf(String.class))
        .ifBound(names -> putUnlessEmpty(settings, names));
    PropertyNames.unknown(ROOT, TOP, sources).forEach(key -> settings.put(key, ""));
    try {
      return ConfigLoader.read(
          settings,
          List.of(environment.getActiveProfiles()),
          warning -> warnings.accept(PropertyNames.inSpring(warning)),
          config);
    } catch (InvalidPolicyException e) {
      throw new InvalidPolicyException(e.findings().stream().map(PropertyNames::inSpring).toList());
    }
  }

  /** An empty property means the same as none. */
  private static void putUnlessEmpty(Map<String, Object> settings, List<String> hosts) {
    if (!hosts.isEmpty()) {
      settings.put(HOSTS, hosts);
    }
  }

  private Object policy(
      ConfigurationPropertyName name, List<IterableConfigurationPropertySource> from) {
    Binder binder = binder(from);
    if (from.get(0).getConfigurationProperty(name) != null) {
      return offOr(binder.bind(name, TEXT).get());
    }
    Map<String, Object> policy = new LinkedHashMap<>();
    for (String key : PropertyNames.LISTS) {
      binder
          .bind(name.append(key), Bindable.listOf(String.class))
          .ifBound(list -> policy.put(PropertyNames.inFile(key), list));
    }
    for (String key : PropertyNames.VALUES) {
      binder
          .bind(name.append(key), TEXT)
          .ifBound(text -> policy.put(PropertyNames.inFile(key), value(key, text)));
    }
    for (String key : PropertyNames.GROUPS) {
      binder
          .bind(name.append(key), MAPS)
          .ifBound(list -> policy.put(PropertyNames.inFile(key), list));
    }
    PropertyNames.unknown(name, POLICY, from).forEach(key -> policy.put(key, ""));
    return policy;
  }

  /** A list comes from one source as a whole, as Spring has it. */
  private Object routes(IterableConfigurationPropertySource source) {
    if (source.getConfigurationProperty(ROUTES) != null) {
      String text = binder(List.of(source)).bind(ROUTES, TEXT).get();
      return text.isEmpty() ? List.of() : text; // an empty list of application.yaml is empty text
    }
    if (!PropertyNames.isList(ROUTES, source)) {
      return Map.of();
    }
    List<Map<String, Object>> routes = new ArrayList<>();
    for (int i = 0; i < PropertyNames.size(ROUTES, source); i++) {
      ConfigurationPropertyName name = ROUTES.append("[" + i + "]");
      Map<String, Object> route = new LinkedHashMap<>();
      binder(List.of(source))
          .bind(name.append("path"), TEXT)
          .ifBound(path -> route.put("path", path));
      for (String key : ROUTE.groups()) {
        if (has(source, name.append(key))) {
          route.put(key, policy(name.append(key), List.of(source)));
        }
      }
      PropertyNames.unknown(name, ROUTE, List.of(source)).forEach(key -> route.put(key, ""));
      routes.add(route);
    }
    return routes;
  }

  private static Object value(String key, String text) {
    return switch (key) {
      case "enforce", "enforce-report" -> offOr(text);
      case "max-age" -> seconds(text).<Object>map(seconds -> seconds).orElse(text);
      default -> text;
    };
  }

  /** In application.yaml, whose YAML is 1.1, {@code off} means false. */
  private static String offOr(String text) {
    return text.equals("false") ? "off" : text;
  }

  /** Whole seconds as Spring writes durations: 600, 10m, PT10M. */
  private static Optional<Long> seconds(String text) {
    try {
      Duration duration = DurationStyle.detectAndParse(text, ChronoUnit.SECONDS);
      return Optional.of(duration.toSeconds())
          .filter(whole -> Duration.ofSeconds(whole).equals(duration));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Binder binder(List<? extends ConfigurationPropertySource> from) {
    return new Binder(List.copyOf(from), new PropertySourcesPlaceholdersResolver(environment));
  }

  /** The sources that have a name or something below it, the one that wins first. */
  private List<IterableConfigurationPropertySource> from(ConfigurationPropertyName name) {
    return sources.stream().filter(source -> has(source, name)).toList();
  }

  private static boolean has(ConfigurationPropertySource source, ConfigurationPropertyName name) {
    return source.getConfigurationProperty(name) != null
        || source.containsDescendantOf(name) == ConfigurationPropertyState.PRESENT;
  }
}
