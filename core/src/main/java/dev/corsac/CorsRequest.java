package dev.corsac;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * All that the engine looks at in a request: its method, its path and its header lines.
 *
 * <p>Header names are looked up without regard to case (RFC 9110 section 5.1). Values are given as
 * received, without the white space around them; several lines of one name stay several, since a
 * repeated {@code Origin} is an attack and a split {@code Access-Control-Request-Headers} is not.
 * {@code Host} is the request's authority also where HTTP/2 or HTTP/3 tells it in another way (RFC
 * 9113 section 8.3.1).
 */
public interface CorsRequest {

  /** The method exactly as received: methods are case-sensitive (RFC 9110 section 9.1). */
  String method();

  /**
   * The path of the request target as received: percent-encoded, without query; {@code *} for
   * {@code OPTIONS *}.
   */
  String path();

  /** The first line of a header field, or null if the request has none. */
  @Nullable String header(String name);

  /**
   * Every line of a header field in the order received; empty if the request has none, never null.
   */
  List<String> headers(String name);
}
