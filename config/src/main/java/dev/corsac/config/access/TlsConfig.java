package dev.corsac.config.access;

import java.nio.file.Path;
import java.util.Optional;

/**
 * The files of TLS on {@code listen}, in PEM.
 *
 * @param certificate the server's certificate, with those of its issuers after it
 * @param key its private key, in PKCS #8
 * @param clientCa the certificates of those whose clients are asked for a certificate; empty if
 *     clients are not asked
 */
public record TlsConfig(Path certificate, Path key, Optional<Path> clientCa) {

  /**
   * The files of TLS to an upstream, in PEM.
   *
   * @param certificate what the gateway shows an upstream that asks, with {@code key}
   * @param key its private key, in PKCS #8
   * @param ca the certificates that upstreams are trusted by; Java's trust store if empty
   */
  public record Upstream(Optional<Path> certificate, Optional<Path> key, Optional<Path> ca) {}
}
