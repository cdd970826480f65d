package dev.corsac.spring;

import dev.corsac.Cors;
import dev.corsac.InvalidPolicyException;
import dev.corsac.finding.Finding;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.env.PropertiesPropertySourceLoader;
import org.springframework.boot.env.PropertySourceLoader;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.MutablePropertySources;
import org.springframework.core.env.PropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;
import org.springframework.core.io.ByteArrayResource;

/** An environment as Spring Boot makes it of files and variables; what comes later wins. */
final class Settings {
  private final StandardEnvironment environment = new StandardEnvironment();
  private final List<Finding> warnings = new ArrayList<>();

  Settings() {
    environment
        .getPropertySources()
        .replace(
            "systemEnvironment",
            new SystemEnvironmentPropertySource("systemEnvironment", Map.of()));
    ConfigurationPropertySources.attach(environment);
  }

  Settings properties(String... lines) {
    return add(new PropertiesPropertySourceLoader(), "properties", String.join("\n", lines));
  }

  Settings yaml(String text) {
    return add(new YamlPropertySourceLoader(), "yaml", text);
  }

  Settings variables(Map<String, Object> variables) {
    environment
        .getPropertySources()
        .replace(
            "systemEnvironment",
            new SystemEnvironmentPropertySource("systemEnvironment", new HashMap<>(variables)));
    return this;
  }

  Settings changing(Map<String, Object> map) {
    return add(new MapPropertySource("changing", map));
  }

  Settings profile(String name) {
    environment.addActiveProfile(name);
    return this;
  }

  StandardEnvironment environment() {
    return environment;
  }

  Cors read() {
    warnings.clear();
    return new CorsProperties(environment).read(warnings::add, origins -> {});
  }

  List<Finding> warnings() {
    read();
    return warnings;
  }

  /** What is wrong. */
  List<Finding> errors() {
    try {
      read();
      return List.of();
    } catch (InvalidPolicyException e) {
      return e.findings();
    }
  }

  private Settings add(PropertySourceLoader loader, String type, String text) {
    MutablePropertySources sources = environment.getPropertySources();
    String name = type + sources.size();
    try {
      loader
          .load(name, new Described(text.getBytes(StandardCharsets.UTF_8), "application." + type))
          .forEach(this::add);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return this;
  }

  private Settings add(PropertySource<?> source) {
    environment.getPropertySources().addAfter("systemEnvironment", source);
    return this;
  }

  private static final class Described extends ByteArrayResource {
    Described(byte[] bytes, String description) {
      super(bytes, description);
    }

    @Override
    public String getDescription() {
      return super.getDescription().replaceAll(".*\\[|\\]", "");
    }
  }
}
