package io.github.upgradehandler.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;

/** A key for "localhost" and one for another name, made once by the JDK's keytool. */
final class Certificates {

  private static final String PASSWORD = "changeit";

  static final Certificates LOCALHOST = new Certificates("localhost");
  static final Certificates ELSEWHERE = new Certificates("elsewhere.test");

  private final KeyStore store;

  private Certificates(String host) {
    store = make(host);
  }

  /** One that shows the certificate, and trusts it and no other. */
  SSLContext shown() throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD.toCharArray());
    return context(keys.getKeyManagers());
  }

  /** One that trusts the certificate and no other, and shows none. */
  SSLContext trusted() throws GeneralSecurityException {
    return context(null);
  }

  private SSLContext context(KeyManager[] keys) throws GeneralSecurityException {
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(store);
    TrustManager[] trusted = trust.getTrustManagers();
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trusted, null);
    return context;
  }

  private static KeyStore make(String host) {
    try {
      Path directory = Files.createTempDirectory("certificates");
      Path file = directory.resolve("key.p12");
      try {
        runKeytool(file, host);
        KeyStore made = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
          made.load(in, PASSWORD.toCharArray());
        }
        return made;
      } finally {
        Files.deleteIfExists(file);
        Files.delete(directory);
      }
    } catch (IOException | GeneralSecurityException | InterruptedException e) {
      throw new AssertionError("no key", e);
    }
  }

  private static void runKeytool(Path file, String host) throws IOException, InterruptedException {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "key",
                "-keyalg",
                "EC",
                "-dname",
                "CN=" + host,
                "-ext",
                "san=dns:" + host,
                "-storetype",
                "PKCS12",
                "-storepass",
                PASSWORD,
                "-keystore",
                file.toString())
            .redirectErrorStream(true)
            .start();
    String printed = new String(keytool.getInputStream().readAllBytes(), UTF_8);
    if (keytool.waitFor() != 0) {
      throw new AssertionError(printed);
    }
  }
}
