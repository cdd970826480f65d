package dev.corsac.gateway.watch;

import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What happened in some seconds. Immutable.
 *
 * @param end when they ended
 * @param reasons how often, by event and then reason
 * @param most the origins with the most events, and how many each had at least
 */
public record Window(Instant end, Map<Event, Map<String, Long>> reasons, List<Count> most) {

  /**
   * So many events that are alike.
   *
   * @param path that of one of them
   */
  public record Count(Alike alike, String path, long count) {}
}
