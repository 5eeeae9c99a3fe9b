package io.github.upgradehandler.runner;

import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * What the server proves itself with.
 *
 * @param keyStore the key and its certificates
 * @param password of the key store and of the key, empty for none
 * @param selfSigned whether clients have to be told to trust it
 */
record Tls(KeyStore keyStore, String password, boolean selfSigned) {

  static Tls selfSigned(String host) throws GeneralSecurityException, IOException {
    return new Tls(SelfSignedCertificate.keyStore(host), "", true);
  }

  /** The key store in {@code file}, PKCS12 or JKS. */
  static Tls load(Path file, String password) throws GeneralSecurityException, IOException {
    KeyStore keyStore = KeyStore.getInstance(file.toFile(), password.toCharArray());
    return new Tls(keyStore, password, false);
  }

  SslContextFactory.Server contextFactory() {
    SslContextFactory.Server factory = new SslContextFactory.Server();
    factory.setKeyStore(keyStore);
    factory.setKeyStorePassword(password);
    return factory;
  }
}
