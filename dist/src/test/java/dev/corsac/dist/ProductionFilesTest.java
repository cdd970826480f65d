package dev.corsac.dist;

import static org.assertj.core.api.Assertions.assertThat;

import dev.corsac.config.ConfigLoader;
import dev.corsac.config.ConfigResult;
import dev.corsac.config.CorsacConfig;
import dev.corsac.config.HostPort;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What docs/production shows is a configuration of this version, and its parts fit together. */
class ProductionFilesTest {
  private static final Path FOLDER = Path.of("..", "docs", "production");
  private static final Map<String, String> VARIABLES =
      Map.of("ADMIN_TOKEN", "0123456789abcdef0123456789abcdef");

  @TempDir private Path temp = Path.of("replaced by JUnit");

  @Test
  void theConfigurationBehindNginx_fitsItsUnit() throws IOException {
    CorsacConfig config = config(FOLDER.resolve("corsac.yaml"));
    assertThat(text("nginx.conf")).contains("server " + config.listen() + " ");
    assertThat(number("corsac.service", "TimeoutStopSec=(\\d+)s")).isGreaterThan(ending(config));
    assertThat(number("corsac.service", "LimitNOFILE=(\\d+)"))
        .isGreaterThan(2L * config.limits().connections());
  }

  @Test
  void theManifest_probesWhatListens_andWaitsLongEnough() throws IOException {
    Path file = temp.resolve("corsac.yaml");
    Files.writeString(file, at(document("ConfigMap"), "data", "corsac.yaml").toString());
    CorsacConfig config = config(file);

    Map<?, ?> pod = (Map<?, ?>) at(document("Deployment"), "spec", "template", "spec");
    assertThat(number(pod, "terminationGracePeriodSeconds")).isGreaterThan(ending(config));
    Map<?, ?> container = (Map<?, ?>) ((List<?>) at(pod, "containers")).get(0);
    HostPort admin = config.admin().orElseThrow();
    assertThat(at(container, "ports"))
        .isEqualTo(
            List.of(
                Map.of("name", "http", "containerPort", config.listen().port()),
                Map.of("name", "admin", "containerPort", admin.port())));
    for (String probe : List.of("startupProbe", "livenessProbe", "readinessProbe")) {
      assertThat(at(container, probe, "httpGet", "port")).isEqualTo("admin");
      assertThat(at(container, probe, "httpGet", "path"))
          .isEqualTo(probe.equals("readinessProbe") ? "/health/ready" : "/health/live");
    }
    Map<?, ?> readiness = (Map<?, ?>) at(container, "readinessProbe");
    assertThat(config.timeouts().drain().toSeconds())
        .isGreaterThan(number(readiness, "periodSeconds") * number(readiness, "failureThreshold"));
    assertThat(at(container, "volumeMounts").toString()).doesNotContain("subPath");
    assertThat(at(document("Service"), "spec", "selector"))
        .isEqualTo(at(document("Deployment"), "spec", "selector", "matchLabels"))
        .isEqualTo(at(document("PodDisruptionBudget"), "spec", "selector", "matchLabels"));
    assertThat(text("Dockerfile")).contains("USER " + at(pod, "securityContext", "runAsUser"));
  }

  private static CorsacConfig config(Path file) throws IOException {
    ConfigResult result = ConfigLoader.load(file, VARIABLES);
    assertThat(result.findings()).isEmpty();
    return result.config().orElseThrow();
  }

  private static long ending(CorsacConfig config) {
    return config.timeouts().drain().plus(config.timeouts().stop()).toSeconds();
  }

  private static String text(String file) throws IOException {
    return Files.readString(FOLDER.resolve(file));
  }

  private static long number(String file, String pattern) throws IOException {
    return text(file)
        .lines()
        .filter(line -> line.matches(pattern))
        .mapToLong(line -> Long.parseLong(line.replaceFirst(pattern, "$1")))
        .findFirst()
        .orElseThrow();
  }

  private static long number(Map<?, ?> map, String key) {
    return ((Number) at(map, key)).longValue();
  }

  private static Map<?, ?> document(String kind) throws IOException {
    Load load = new Load(LoadSettings.builder().build());
    return StreamSupport.stream(
            load.loadAllFromString(text("kubernetes.yaml")).spliterator(), false)
        .map(each -> (Map<?, ?>) each)
        .filter(each -> kind.equals(each.get("kind")))
        .findFirst()
        .orElseThrow();
  }

  private static Object at(Map<?, ?> map, String... path) {
    Object value = map;
    for (String key : path) {
      value = Objects.requireNonNull(((Map<?, ?>) value).get(key), key);
    }
    return value;
  }
}
