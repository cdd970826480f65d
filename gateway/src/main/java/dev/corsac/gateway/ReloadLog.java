package dev.corsac.gateway;

import dev.corsac.config.ConfigEvent;
import dev.corsac.config.CorsacConfig;
import dev.corsac.config.watch.WatchConfig;
import dev.corsac.gateway.watch.Meters;
import java.nio.file.Path;
import java.util.Locale;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes over what a file says when it changes, and says so in the log. Thread-safe. */
final class ReloadLog implements Consumer<ConfigEvent> {
  private static final Logger log = LoggerFactory.getLogger("corsac");

  private final Path file;
  private final Consumer<CorsacConfig> gateway;
  private final Meters meters;

  ReloadLog(Path file, Consumer<CorsacConfig> gateway, Meters meters) {
    this.meters = meters;
    this.file = file;
    this.gateway = gateway;
  }

  @Override
  public void accept(ConfigEvent event) {
    meters.configured(
        event instanceof ConfigEvent.Changed || event instanceof ConfigEvent.Returned);
    if (event instanceof ConfigEvent.Changed changed) {
      changed.warnings().forEach(warning -> log.warn("corsac  {}", warning));
      take(changed.config());
    } else if (event instanceof ConfigEvent.Broken broken) {
      broken.errors().forEach(error -> log.error("corsac  {}", error));
      log.error("corsac  {} has errors, so the policy from before stays", file);
    } else if (event instanceof ConfigEvent.Unreadable unreadable) {
      log.error(
          "corsac  {} cannot be read, so the policy from before stays: {}",
          file,
          unreadable.reason());
    } else if (event instanceof ConfigEvent.Missing) {
      log.warn("corsac  {} is gone; the policy from before stays until it is there again", file);
    } else {
      log.info("corsac  {} is there again", file);
    }
  }

  /** Warns of what the next configuration says about things that only a restart changes. */
  static void keptUntilRestart(CorsacConfig started, CorsacConfig next) {
    if (!next.listen().equals(started.listen())) {
      log.warn(
          "corsac  listen: stays {} until a restart; the file now says {}",
          started.listen(),
          next.listen());
    }
    if (!next.admin().equals(started.admin())) {
      log.warn("corsac  admin: stays as it is until a restart");
    }
    WatchConfig before = started.watching();
    if (next.watching().log() != before.log()) {
      log.warn(
          "corsac  log: stays {} until a restart", before.log().name().toLowerCase(Locale.ROOT));
    }
    if (!next.watching().adminToken().equals(before.adminToken())) {
      log.warn("corsac  admin_token: stays as it is until a restart");
    }
  }

  private void take(CorsacConfig config) {
    try {
      gateway.accept(config);
      log.info("corsac  reloaded {}", file);
    } catch (IllegalArgumentException e) {
      meters.configured(false);
      log.error("corsac  {} The policy from before stays.", e.getMessage());
    } catch (RuntimeException e) {
      meters.configured(false);
      log.error("corsac  {} was not reloaded, so the policy from before stays", file, e);
    }
  }
}
