package dev.corsac.contract;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A key and a certificate for {@code 127.0.0.1} and {@code localhost} that stand for both sides of
 * a connection: a server shows the certificate and trusts clients that show it. Immutable and
 * thread-safe.
 *
 * @param file a PKCS #12 key store with the key and, as trusted, its certificate
 * @param password of the store and of the key
 */
public record TlsKeys(Path file, String password) {

  /** Makes a key with the JDK's keytool. */
  static TlsKeys create(Path folder) throws Exception {
    TlsKeys keys = new TlsKeys(folder.resolve("keys.p12"), "changeit");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "own",
                "-keyalg",
                "EC",
                "-storetype",
                "PKCS12",
                "-storepass",
                keys.password,
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-keystore",
                keys.file.toString())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("keytool.log").toFile())
            .start();
    if (keytool.waitFor() != 0) {
      throw new IllegalStateException(Files.readString(folder.resolve("keytool.log")));
    }
    KeyStore store = keys.store();
    store.setCertificateEntry("trusted", store.getCertificate("own"));
    try (OutputStream out = Files.newOutputStream(keys.file)) {
      store.store(out, keys.password.toCharArray());
    }
    return keys;
  }

  /** The key store. */
  public KeyStore store() throws IOException, GeneralSecurityException {
    return KeyStore.getInstance(file.toFile(), password.toCharArray());
  }

  /** Shows the certificate and trusts it. */
  public SSLContext context() throws IOException, GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store(), password.toCharArray());
    return context(keys.getKeyManagers());
  }

  /** Trusts the certificate and has none itself. */
  SSLContext anonymous() throws IOException, GeneralSecurityException {
    return context(new KeyManager[0]);
  }

  private SSLContext context(KeyManager[] keys) throws IOException, GeneralSecurityException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store());
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trust.getTrustManagers(), new SecureRandom());
    return context;
  }
}
