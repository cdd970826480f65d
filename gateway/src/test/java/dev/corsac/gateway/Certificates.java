package dev.corsac.gateway;

import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.openssl.jcajce.JcaPEMWriter;
import org.bouncycastle.openssl.jcajce.JcaPKCS8Generator;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** An authority of a test's own, whose certificates are written as PEM files. */
final class Certificates {
  private static final AtomicLong SERIAL = new AtomicLong(1);

  private final Path folder;
  private final X500Principal name;
  private final KeyPair keys;
  private final X509Certificate own;

  Certificates(Path folder, String name) {
    this.folder = folder;
    this.name = new X500Principal("CN=" + name);
    this.keys = newKeys();
    this.own = sign(this.name, keys, true, Duration.ofDays(1));
    write(name + ".pem", own);
  }

  Path file(String file) {
    return folder.resolve(file);
  }

  /** The authority's own certificate. */
  Path ca() {
    return file(name.getName().substring("CN=".length()) + ".pem");
  }

  /** Writes NAME.pem and NAME-key.pem, each in one step. */
  X509Certificate issue(String name) {
    return issue(name, "CN=" + name, Duration.ofDays(1));
  }

  X509Certificate issue(String file, String subject, Duration validFor) {
    KeyPair pair = newKeys();
    X509Certificate certificate = sign(new X500Principal(subject), pair, false, validFor);
    write(file + ".pem", certificate);
    write(file + "-key.pem", pair.getPrivate());
    return certificate;
  }

  private X509Certificate sign(X500Principal subject, KeyPair pair, boolean ca, Duration validFor) {
    try {
      Instant now = Instant.now();
      JcaX509v3CertificateBuilder builder =
          new JcaX509v3CertificateBuilder(
              name,
              BigInteger.valueOf(SERIAL.getAndIncrement()),
              Date.from(now.minus(Duration.ofDays(2))),
              Date.from(now.plus(validFor)),
              subject,
              pair.getPublic());
      builder.addExtension(Extension.basicConstraints, true, new BasicConstraints(ca));
      builder.addExtension(
          Extension.subjectAlternativeName,
          false,
          new GeneralNames(
              new GeneralName[] {
                new GeneralName(GeneralName.dNSName, "localhost"),
                new GeneralName(GeneralName.iPAddress, "127.0.0.1")
              }));
      return new JcaX509CertificateConverter()
          .getCertificate(
              builder.build(
                  new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyPair newKeys() {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(new ECGenParameterSpec("secp256r1"));
      return generator.generateKeyPair();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void write(String file, Object what) {
    try {
      StringWriter text = new StringWriter();
      try (JcaPEMWriter writer = new JcaPEMWriter(text)) {
        writer.writeObject(
            what instanceof PrivateKey key ? new JcaPKCS8Generator(key, null) : what);
      }
      Path written = Files.writeString(folder.resolve(file + ".new"), text.toString());
      Files.move(written, folder.resolve(file), StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
