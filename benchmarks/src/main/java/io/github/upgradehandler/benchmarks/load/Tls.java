package io.github.upgradehandler.benchmarks.load;

import io.github.upgradehandler.benchmarks.server.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;

/** A key and its certificate, made for this run by the JDK's keytool, and who trusts it. */
final class Tls {

  private static final Path KEY_STORE = make();
  private static final SSLContext CLIENT = client();

  private Tls() {}

  /** Where they are: a PKCS 12 file. */
  static Path keyStore() {
    return KEY_STORE;
  }

  /** For one connection to a server that has the key. */
  static SSLEngine engine() {
    SSLEngine engine = CLIENT.createSSLEngine();
    engine.setUseClientMode(true);
    return engine;
  }

  private static Path make() {
    try {
      Path directory = Files.createTempDirectory("tls");
      Path file = directory.resolve("server.p12");
      directory.toFile().deleteOnExit();
      file.toFile().deleteOnExit();
      Process keytool =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                  "-genkeypair",
                  "-keyalg",
                  "RSA",
                  "-dname",
                  "CN=localhost",
                  "-ext",
                  "SAN=IP:127.0.0.1",
                  "-alias",
                  "server",
                  "-keystore",
                  file.toString(),
                  "-storetype",
                  "PKCS12",
                  "-storepass",
                  Settings.KEY_STORE_PASSWORD)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (keytool.onExit().join().exitValue() != 0) {
        throw new LoadException("keytool makes no key");
      }
      return file;
    } catch (IOException e) {
      throw new LoadException("there is no keytool", e);
    }
  }

  private static SSLContext client() {
    try {
      KeyStore keys =
          KeyStore.getInstance(KEY_STORE.toFile(), Settings.KEY_STORE_PASSWORD.toCharArray());
      KeyStore trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("server", keys.getCertificate("server"));
      TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
      factory.init(trusted);
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, factory.getTrustManagers(), null);
      return context;
    } catch (GeneralSecurityException | IOException e) {
      throw new LoadException("no TLS", e);
    }
  }
}
