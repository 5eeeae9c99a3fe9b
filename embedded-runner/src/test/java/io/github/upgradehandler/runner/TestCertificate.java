package io.github.upgradehandler.runner;

import java.io.ByteArrayOutputStream;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
import java.util.Base64;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate of a server under test.
 *
 * @param keyStore PKCS12 in Base64, with its key
 * @param trusted a context that trusts it alone
 */
public record TestCertificate(String keyStore, SSLContext trusted) {

  /** Of the key store, and of its key. */
  public static final String PASSWORD = "secret";

  /** A certificate for a name. */
  public static TestCertificate of(String host) throws Exception {
    KeyStore made = SelfSignedCertificate.keyStore(host);
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setEntry(
        "server",
        made.getEntry("server", new PasswordProtection(new char[0])),
        new PasswordProtection(PASSWORD.toCharArray()));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    store.store(bytes, PASSWORD.toCharArray());

    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("server", made.getCertificate("server"));
    TrustManagerFactory trusting =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusting.init(trust);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, trusting.getTrustManagers(), null);
    return new TestCertificate(Base64.getEncoder().encodeToString(bytes.toByteArray()), context);
  }
}
