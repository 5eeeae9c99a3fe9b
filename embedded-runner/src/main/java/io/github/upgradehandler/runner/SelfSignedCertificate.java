package io.github.upgradehandler.runner;

import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashSet;
import java.util.Set;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.IPAddress;

/** A key and a certificate for this machine, made anew at every start and kept in memory only. */
final class SelfSignedCertificate {
  private static final Duration VALIDITY = Duration.ofDays(30);
  // Clients' clocks may be slow.
  private static final Duration BACKDATED = Duration.ofHours(1);

  private SelfSignedCertificate() {}

  /** A key store with one entry, without a password. */
  static KeyStore keyStore(String host) throws GeneralSecurityException, IOException {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
    generator.initialize(256);
    KeyPair keys = generator.generateKeyPair();
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    store.setKeyEntry(
        "server", keys.getPrivate(), new char[0], new Certificate[] {certificate(keys, host)});
    return store;
  }

  private static Certificate certificate(KeyPair keys, String host)
      throws GeneralSecurityException, IOException {
    X500Name name = new X500Name("CN=embedded-runner");
    Instant now = Instant.now();
    X509v3CertificateBuilder builder =
        new JcaX509v3CertificateBuilder(
            name,
            new BigInteger(64, new SecureRandom()),
            Date.from(now.minus(BACKDATED)),
            Date.from(now.plus(VALIDITY)),
            name,
            keys.getPublic());
    builder.addExtension(Extension.subjectAlternativeName, false, alternativeNames(host));
    try {
      ContentSigner signer =
          new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate());
      return new JcaX509CertificateConverter().getCertificate(builder.build(signer));
    } catch (OperatorCreationException e) {
      throw new GeneralSecurityException(e);
    }
  }

  private static GeneralNames alternativeNames(String host) {
    Set<String> hosts = new LinkedHashSet<>(Set.of("localhost", "127.0.0.1", "::1"));
    hosts.add(host);
    return new GeneralNames(
        hosts.stream()
            .map(
                h ->
                    new GeneralName(
                        IPAddress.isValid(h) ? GeneralName.iPAddress : GeneralName.dNSName, h))
            .toArray(GeneralName[]::new));
  }
}
