package dev.corsac.config.diff;

import dev.corsac.CorsRequest;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A request that shows a difference. Immutable and thread-safe.
 *
 * @param fields its header fields, of one line each, in the order in which they are shown
 */
public record Witness(String method, String path, Map<String, String> fields)
    implements CorsRequest {

  /** A request with no other fields than those. */
  public Witness {
    fields = Collections.unmodifiableMap(new LinkedHashMap<>(fields));
  }

  /** The same with one field more. */
  Witness with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(fields);
    more.put(name, value);
    return new Witness(method, path, more);
  }

  @Override
  public List<String> headers(String name) {
    return fields.entrySet().stream()
        .filter(each -> each.getKey().equalsIgnoreCase(name))
        .map(Map.Entry::getValue)
        .toList();
  }
}
