package io.github.upgradehandler.testing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A key for this machine with its own certificate, made once by the JDK's keytool. */
public final class Tls {

  public static final String PASSWORD = "changeit";

  private static final KeyStore KEY_STORE = make();

  private Tls() {}

  /** With one entry; its password and the key's are {@link #PASSWORD}. */
  public static KeyStore keyStore() {
    return KEY_STORE;
  }

  /** For a server that has the key, and a client that trusts it. */
  public static SSLContext context() throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(KEY_STORE, PASSWORD.toCharArray());
    TrustManagerFactory trust =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trust.init(KEY_STORE);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
    return context;
  }

  /** The client's end of TLS over a connected socket, which stays the caller's. */
  public static SSLSocket over(Socket socket) throws IOException {
    try {
      SSLSocket secure =
          (SSLSocket)
              context()
                  .getSocketFactory()
                  .createSocket(
                      socket,
                      InetAddress.getLoopbackAddress().getHostName(),
                      socket.getPort(),
                      true);
      secure.startHandshake();
      return secure;
    } catch (GeneralSecurityException e) {
      throw new IOException(e);
    }
  }

  private static KeyStore make() {
    try {
      Path directory = Files.createTempDirectory("tls");
      Path file = directory.resolve("server.p12");
      try {
        runKeytool(file);
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (InputStream in = Files.newInputStream(file)) {
          store.load(in, PASSWORD.toCharArray());
        }
        return store;
      } finally {
        Files.deleteIfExists(file);
        Files.delete(directory);
      }
    } catch (IOException | GeneralSecurityException | InterruptedException e) {
      throw new AssertionError("no key", e);
    }
  }

  private static void runKeytool(Path file) throws IOException, InterruptedException {
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                file.toString(),
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
