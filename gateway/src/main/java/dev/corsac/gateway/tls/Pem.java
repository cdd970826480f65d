package dev.corsac.gateway.tls;

import dev.corsac.config.access.TlsConfig;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.ServerSSLOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.X509KeyManager;

/** Certificates and keys in PEM (RFC 7468), checked to belong together before they are used. */
public final class Pem {
  /**
   * What else a file says, text before the blocks or a key beside the certificate, is let alone.
   */
  private static final Pattern CERTIFICATE = block("CERTIFICATE");

  private static final Pattern KEY = block("(?:RSA |EC )?PRIVATE KEY");
  private static final Set<String> VERSIONS = Set.of("TLSv1.3", "TLSv1.2");

  private Pem() {}

  private static Pattern block(String label) {
    return Pattern.compile("-----BEGIN " + label + "-----[^-]*+-----END " + label + "-----");
  }

  /** The files that {@link #server} wants, in its order. */
  public static List<Path> files(TlsConfig tls) {
    List<Path> files = new ArrayList<>(List.of(tls.certificate(), tls.key()));
    tls.clientCa().ifPresent(files::add);
    return files;
  }

  /** The files that {@link #client} wants, in its order. */
  public static List<Path> files(TlsConfig.Upstream tls) {
    List<Path> files = new ArrayList<>();
    tls.certificate().ifPresent(files::add);
    tls.key().ifPresent(files::add);
    tls.ca().ifPresent(files::add);
    return files;
  }

  /**
   * What {@code listen} speaks TLS with. A client is asked for a certificate, and may have none.
   */
  public static ServerSSLOptions server(Vertx vertx, TlsConfig tls, List<byte[]> contents)
      throws IOException {
    ServerSSLOptions options = new ServerSSLOptions();
    options
        .setKeyCertOptions(
            keyPair(vertx, tls.certificate(), contents.get(0), tls.key(), contents.get(1)))
        .setUseAlpn(true)
        .setApplicationLayerProtocols(List.of("h2", "http/1.1"))
        .setEnabledSecureTransportProtocols(VERSIONS);
    Path clientCa = tls.clientCa().orElse(null);
    if (clientCa != null) {
      options.setTrustOptions(trust(clientCa, contents.get(2))).setClientAuth(ClientAuth.REQUEST);
    }
    return options;
  }

  /** What an upstream is spoken to with. */
  public static ClientSSLOptions client(
      Vertx vertx, TlsConfig.Upstream tls, List<byte[]> contents, boolean http2)
      throws IOException {
    ClientSSLOptions options = new ClientSSLOptions();
    options
        .setHostnameVerificationAlgorithm("HTTPS")
        .setUseAlpn(http2)
        .setEnabledSecureTransportProtocols(VERSIONS);
    if (http2) {
      options.setApplicationLayerProtocols(List.of("h2"));
    }
    int next = 0;
    Path certificate = tls.certificate().orElse(null);
    Path key = tls.key().orElse(null);
    if (certificate != null && key != null) {
      options.setKeyCertOptions(keyPair(vertx, certificate, contents.get(0), key, contents.get(1)));
      next = 2;
    }
    Path ca = tls.ca().orElse(null);
    if (ca != null) {
      options.setTrustOptions(trust(ca, contents.get(next)));
    }
    return options;
  }

  private static PemTrustOptions trust(Path file, byte[] content) throws IOException {
    certificates(file, content);
    return new PemTrustOptions().addCertValue(blocks(CERTIFICATE, content));
  }

  private static PemKeyCertOptions keyPair(
      Vertx vertx, Path certificateFile, byte[] certificate, Path keyFile, byte[] key)
      throws IOException {
    X509Certificate own = certificates(certificateFile, certificate).get(0);
    PemKeyCertOptions pair =
        new PemKeyCertOptions()
            .addCertValue(blocks(CERTIFICATE, certificate))
            .addKeyValue(blocks(KEY, key));
    PrivateKey secret = privateKey(vertx, pair, keyFile);
    if (!belongTogether(own, secret)) {
      throw new IOException(
          keyFile + " is not the key of the certificate in " + certificateFile + ".");
    }
    return pair;
  }

  private static PrivateKey privateKey(Vertx vertx, PemKeyCertOptions pair, Path file)
      throws IOException {
    try {
      for (KeyManager manager : pair.getKeyManagerFactory(vertx).getKeyManagers()) {
        if (manager instanceof X509KeyManager x509) {
          for (String type : List.of("RSA", "EC", "EdDSA", "RSASSA-PSS")) {
            String[] aliases = x509.getServerAliases(type, null);
            if (aliases != null && aliases.length > 0) {
              return x509.getPrivateKey(aliases[0]);
            }
          }
        }
      }
      throw new IOException(file + " has a key of a kind that is not known here.");
    } catch (IOException e) {
      throw e;
    } catch (Exception e) {
      // What is wrong with a key is better not told in detail.
      throw new IOException(
          file + " is not a private key in PEM, unencrypted (BEGIN PRIVATE KEY).", e);
    }
  }

  private static boolean belongTogether(X509Certificate certificate, PrivateKey key) {
    String algorithm =
        switch (key.getAlgorithm()) {
          case "EC" -> "SHA256withECDSA";
          case "RSA" -> "SHA256withRSA";
          default -> key.getAlgorithm();
        };
    try {
      byte[] something = "corsac".getBytes(StandardCharsets.US_ASCII);
      Signature signer = Signature.getInstance(algorithm);
      signer.initSign(key);
      signer.update(something);
      byte[] signature = signer.sign();
      signer.initVerify(certificate.getPublicKey());
      signer.update(something);
      return signer.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** The blocks of a file, one below the other; those that are cut off are not among them. */
  private static Buffer blocks(Pattern block, byte[] content) {
    return Buffer.buffer(
        block
            .matcher(new String(content, StandardCharsets.ISO_8859_1))
            .results()
            .map(MatchResult::group)
            .collect(Collectors.joining("\n")));
  }

  private static List<X509Certificate> certificates(Path file, byte[] content) throws IOException {
    byte[] whole = blocks(CERTIFICATE, content).getBytes();
    if (whole.length == 0) {
      throw new IOException(file + " has no certificate in PEM (BEGIN CERTIFICATE).");
    }
    if (begins(content) != begins(whole)) {
      throw new IOException(file + " has a certificate that is cut off.");
    }
    try {
      List<X509Certificate> certificates = new ArrayList<>();
      Collection<?> all =
          CertificateFactory.getInstance("X.509")
              .generateCertificates(new ByteArrayInputStream(whole));
      for (Object each : all) {
        certificates.add((X509Certificate) each);
      }
      return certificates;
    } catch (CertificateException e) {
      throw new IOException(file + " has a certificate that cannot be read.", e);
    }
  }

  /** How many certificates begin. */
  private static long begins(byte[] content) {
    return Pattern.compile("-----BEGIN CERTIFICATE")
        .matcher(new String(content, StandardCharsets.ISO_8859_1))
        .results()
        .count();
  }
}
