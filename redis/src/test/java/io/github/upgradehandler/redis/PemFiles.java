package io.github.upgradehandler.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;

/** A key and its own certificate, made by the JDK's keytool. */
record PemFiles(Path key, Path certificate) {

  private static final String PASSWORD = "changeit";

  /**
   * Makes them.
   *
   * @param name whose certificate it is, as keytool takes it: {@code ip:127.0.0.1}
   */
  static PemFiles make(Path directory, String name) throws Exception {
    Path store = directory.resolve("server.p12");
    runKeytool(store, name);
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    return new PemFiles(
        write(
            directory.resolve("key.pem"),
            "PRIVATE KEY",
            keys.getKey("server", PASSWORD.toCharArray()).getEncoded()),
        write(directory.resolve("certificate.pem"), "CERTIFICATE", certificate(keys)));
  }

  private static byte[] certificate(KeyStore keys) throws GeneralSecurityException {
    return keys.getCertificate("server").getEncoded();
  }

  private static Path write(Path file, String kind, byte[] encoded) throws IOException {
    String lines = Base64.getMimeEncoder(64, "\n".getBytes(US_ASCII)).encodeToString(encoded);
    Files.writeString(
        file, "-----BEGIN " + kind + "-----\n" + lines + "\n-----END " + kind + "-----\n");
    return file.toAbsolutePath();
  }

  private static void runKeytool(Path store, String name) throws Exception {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=redis",
                "-ext",
                "san=" + name,
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                PASSWORD)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool ended with " + keytool.exitValue());
    }
  }
}
