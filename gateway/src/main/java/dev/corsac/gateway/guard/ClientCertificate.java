package dev.corsac.gateway.guard;

import io.vertx.core.http.HttpServerRequest;
import java.security.GeneralSecurityException;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;

/** The certificate that a client showed at the handshake, where it was found to be genuine. */
final class ClientCertificate {
  private ClientCertificate() {}

  /** Who shows a certificate, by RFC 9440 section 2.2; null for nobody. */
  static @Nullable Identity identify(HttpServerRequest request, Identity identity) {
    SSLSession session = request.connection().sslSession();
    if (session == null) {
      return null;
    }
    try {
      List<Certificate> chain = List.of(session.getPeerCertificates());
      if (!(chain.get(0) instanceof X509Certificate certificate)) {
        return null;
      }
      // The handshake was perhaps long ago, or one that was resumed.
      certificate.checkValidity();
      String encoded = Base64.getEncoder().encodeToString(certificate.getEncoded());
      String subject = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
      return identity
          .with("Client-Cert", ":" + encoded + ":")
          .with("Corsac-Certificate-Subject", Identity.encoded(subject));
    } catch (SSLPeerUnverifiedException e) {
      return null;
    } catch (GeneralSecurityException e) {
      return null;
    }
  }
}
