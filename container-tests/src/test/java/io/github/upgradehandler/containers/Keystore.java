package io.github.upgradehandler.containers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A key and its self-signed certificate, for containers that bring none. */
public final class Keystore {

  public static final Path FILE = Path.of("target", "server.p12").toAbsolutePath();
  public static final String PASSWORD = "changeit";

  private Keystore() {}

  static void make() throws IOException, InterruptedException {
    Files.deleteIfExists(FILE);
    Process keytool =
        new ProcessBuilder(
                Jdk.own().resolve("bin/keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost,ip:127.0.0.1",
                "-storetype",
                "PKCS12",
                "-keystore",
                FILE.toString(),
                "-storepass",
                PASSWORD)
            .inheritIO()
            .start();
    if (keytool.waitFor() != 0) {
      throw new IOException("keytool ended with " + keytool.exitValue());
    }
  }
}
