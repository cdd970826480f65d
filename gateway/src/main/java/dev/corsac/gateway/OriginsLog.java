package dev.corsac.gateway;

import dev.corsac.origins.OriginsEvent;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says in the log what became of the places that origins come from. Thread-safe. */
final class OriginsLog implements Consumer<OriginsEvent> {
  private static final int MOST = 20;
  private static final Logger log = LoggerFactory.getLogger("corsac");

  @Override
  public void accept(OriginsEvent event) {
    if (event instanceof OriginsEvent.Loaded loaded) {
      log.info(
          "corsac  {}: {} origins, {} left out",
          loaded.from(),
          loaded.status().origins(),
          loaded.status().skipped());
      loaded.refused().stream()
          .limit(MOST)
          .forEach(each -> log.warn("corsac  {}: left out: {}", loaded.from(), each));
      if (loaded.refused().size() > MOST) {
        log.warn("corsac  {}: and more; corsac origins list --check shows them", loaded.from());
      }
    } else if (event instanceof OriginsEvent.Unavailable gone) {
      log.error(
          "corsac  {} cannot be read, so {} of before stay: {}",
          gone.from(),
          gone.status().origins() == 1 ? "1 origin" : gone.status().origins() + " origins",
          gone.reason());
    } else if (event instanceof OriginsEvent.NotKept notKept) {
      log.warn(
          "corsac  {}: its origins are not kept for a start without it: {}",
          notKept.from(),
          notKept.reason());
    }
  }
}
