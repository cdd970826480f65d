package dev.corsac.spring;

import dev.corsac.origins.OriginsEvent;
import java.util.function.Consumer;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Says in the log what became of the places that origins come from. Thread-safe. */
final class OriginsLog implements Consumer<OriginsEvent> {
  private static final Log log = LogFactory.getLog("corsac");

  @Override
  public void accept(OriginsEvent event) {
    if (event instanceof OriginsEvent.Loaded loaded) {
      log.info(
          loaded.from()
              + ": "
              + loaded.status().origins()
              + " origins, "
              + loaded.status().skipped()
              + " left out");
      loaded.refused().forEach(each -> log.warn(loaded.from() + ": left out: " + each));
    } else if (event instanceof OriginsEvent.Unavailable gone) {
      log.error(gone.from() + " cannot be read, so its origins of before stay: " + gone.reason());
    } else if (event instanceof OriginsEvent.NotKept notKept) {
      log.warn(
          notKept.from()
              + ": its origins are not kept for a start without it: "
              + notKept.reason());
    }
  }
}
