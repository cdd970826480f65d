package dev.corsac.spring;

import dev.corsac.finding.Finding;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.origin.Origin;
import org.springframework.core.env.Environment;

/** Tells where the properties of an environment are written. */
record PropertyLocations(Environment environment) {

  /** The place of a finding: the property, with file, line and column if Spring knows them. */
  String where(Finding finding) {
    return PropertyNames.of(finding)
        .flatMap(
            name ->
                of(name)
                    .or(
                        () ->
                            name.isLastElementIndexed() ? of(name.getParent()) : Optional.empty()))
        .map(origin -> finding.where() + " (" + origin + ")")
        .orElse(finding.where());
  }

  private Optional<Origin> of(ConfigurationPropertyName name) {
    return StreamSupport.stream(ConfigurationPropertySources.get(environment).spliterator(), false)
        .map(source -> source.getConfigurationProperty(name))
        .flatMap(property -> Stream.ofNullable(property == null ? null : property.getOrigin()))
        .filter(Objects::nonNull)
        .findFirst();
  }
}
