package dev.corsac.browser.http;

import dev.corsac.browser.TransportException;
import dev.corsac.browser.TransportException.Reason;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.util.List;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** Says why there is no TLS connection, without the words of the Java platform. */
final class TlsFailure {
  /** What the platform's messages mean, the most telling first. */
  private static final List<Meaning> MEANINGS =
      List.of(
          // The alerts by which servers ask for a certificate: RFC 8446, 6.2, and TLS 1.2's.
          new Meaning(
              "certificate_required|bad_certificate",
              Reason.CLIENT_CERTIFICATE,
              "it asks for a certificate of the client"),
          new Meaning(
              "NotAfter|expired",
              Reason.CERTIFICATE,
              "it has expired, or has been replaced by now"),
          new Meaning("NotBefore", Reason.CERTIFICATE, "it is not valid yet"),
          new Meaning(
              "No subject alternative|No name matching|doesn't match|does not match",
              Reason.CERTIFICATE,
              "it is made out for another host name"),
          new Meaning("revoked", Reason.CERTIFICATE, "it was revoked"),
          new Meaning(
              "PKIX|trustAnchors|unable to find valid|Path does not chain|self.signed",
              Reason.CERTIFICATE,
              "no authority that is known here has signed it: it is self-signed, or the server"
                  + " leaves out an intermediate certificate"),
          new Meaning(
              "Unsupported or unrecognized SSL message|plaintext",
              Reason.TLS,
              "what answers at this port speaks no TLS, for example plain http"),
          new Meaning(
              "protocol_version|No appropriate protocol",
              Reason.TLS,
              "it speaks only a version of TLS that is no longer used"),
          new Meaning(
              "handshake_failure|no cipher suites in common|insufficient_security",
              Reason.TLS,
              "client and server have no cipher or certificate in common"),
          new Meaning(
              "unrecognized_name",
              Reason.TLS,
              "the server knows no certificate for this host name"),
          new Meaning(
              "terminated the handshake|EOF|reset|closed",
              Reason.TLS,
              "the server ended the connection within the handshake"));

  private TlsFailure() {}

  private record Meaning(Pattern message, Reason reason, String says) {
    Meaning(String message, Reason reason, String says) {
      this(Pattern.compile(message, Pattern.CASE_INSENSITIVE), reason, says);
    }
  }

  static TransportException of(SSLException failed) {
    StringBuilder messages = new StringBuilder();
    boolean certificate = false;
    for (Throwable cause = failed; cause != null; cause = cause.getCause()) {
      messages.append(cause.getMessage()).append('\n');
      certificate |= cause instanceof CertificateException;
      if (cause instanceof CertificateExpiredException) {
        messages.append("NotAfter\n");
      } else if (cause instanceof CertificateNotYetValidException) {
        messages.append("NotBefore\n");
      }
    }
    for (Meaning meaning : MEANINGS) {
      if (meaning.message().matcher(messages).find()) {
        Reason reason =
            certificate && meaning.reason() == Reason.TLS ? Reason.CERTIFICATE : meaning.reason();
        return new TransportException(reason, meaning.says());
      }
    }
    return new TransportException(
        certificate ? Reason.CERTIFICATE : Reason.TLS,
        certificate ? "it does not pass the checks" : "the handshake failed");
  }
}
