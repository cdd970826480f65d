package dev.corsac;

import dev.corsac.path.PathReadings;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import org.jspecify.annotations.Nullable;

/**
 * A request as the engine sees it: its method, its path, its authority and its header lines.
 *
 * <p>Header names are looked up without regard to case (RFC 9110 section 5.1). Values are given as
 * received, without the white space around them; several lines of one name stay several, since a
 * repeated {@code Origin} is an attack and a split {@code Access-Control-Request-Headers} is not.
 *
 * <p>An adapter implements {@link #method}, {@link #path} and {@link #headers}. It overrides {@link
 * #header} and {@link #isRepeated} where its stack finds one line cheaper than all, and {@link
 * #authority} where the stack tells the authority elsewhere than in {@code Host}, as HTTP/2 and
 * HTTP/3 do.
 */
public interface CorsRequest {

  /** The method exactly as received: methods are case-sensitive (RFC 9110 section 9.1). */
  String method();

  /**
   * The path of the request target as received: percent-encoded, without query; {@code *} for
   * {@code OPTIONS *}. {@link #pathOf} takes it from a target.
   */
  String path();

  /**
   * Every line of a header field in the order received; empty if the request has none, never null.
   */
  List<String> headers(String name);

  /** The first line of a header field, or null if the request has none. */
  default @Nullable String header(String name) {
    List<String> lines = headers(name);
    return lines.isEmpty() ? null : lines.get(0);
  }

  /**
   * Whether a request has more than one line of a header field. An adapter overrides it where its
   * stack can tell without a list.
   */
  default boolean isRepeated(String name) {
    return headers(name).size() > 1;
  }

  /**
   * The host, and the port if it was written, by which the client called the server: {@code
   * :authority} of HTTP/2 and HTTP/3 (RFC 9113 section 8.3.1), else {@code Host}. Null if the
   * request has neither.
   */
  default @Nullable String authority() {
    return header("Host");
  }

  /**
   * Whether the client has shown a certificate of its own in the TLS handshake. An adapter
   * overrides it where its stack can tell. It is asked under {@link Enforcement} only.
   */
  default boolean hasClientCertificate() {
    return false;
  }

  /**
   * Whether a TLS session has a certificate of the peer: what {@link #hasClientCertificate()} gives
   * on a stack that tells the session.
   *
   * @param session null if there is no TLS
   */
  static boolean hasClientCertificate(@Nullable SSLSession session) {
    try {
      return session != null && session.getPeerCertificates().length > 0;
    } catch (SSLPeerUnverifiedException e) {
      return false;
    }
  }

  /**
   * A request made of its parts, for tests and for stacks without an adapter.
   *
   * <pre>{@code
   * CorsRequest.of("GET", "/api/items", name -> exchange.getRequestHeaders().getOrDefault(name, List.of()))
   * }</pre>
   *
   * @param headers gives every line of a header field, as {@link CorsRequest#headers} does
   */
  static CorsRequest of(String method, String path, Function<String, List<String>> headers) {
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(path, "path");
    Objects.requireNonNull(headers, "headers");
    return new CorsRequest() {
      @Override
      public String method() {
        return method;
      }

      @Override
      public String path() {
        return path;
      }

      @Override
      public List<String> headers(String name) {
        return headers.apply(name);
      }
    };
  }

  /**
   * The path of a request target (RFC 9112 section 3.2): what {@link #path} gives on a stack that
   * tells the target only.
   *
   * <pre>
   * origin form     /a%2Fb?c               /a%2Fb
   * absolute form   http://host/a?c        /a
   *                 http://host?c          /
   * asterisk form   *                      *
   * prohibited      a/b   http:/a   http:///a   http://host?/a
   * </pre>
   *
   * <p>Of what is prohibited, servers take different parts for the path. It gives the empty text,
   * which to routes is ambiguous; nothing throws.
   */
  static String pathOf(String target) {
    return PathReadings.pathOf(target);
  }
}
