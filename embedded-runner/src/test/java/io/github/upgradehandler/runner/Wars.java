package io.github.upgradehandler.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** WARs made on the spot. */
final class Wars {

  private Wars() {}

  /** With a page {@code hello.txt} that says hello. */
  static Path hello(Path file) throws IOException {
    return war(file, "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\"/>");
  }

  /** With a deployment descriptor that is no XML. */
  static Path broken(Path file) throws IOException {
    return war(file, "<web-app");
  }

  private static Path war(Path file, String descriptor) throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      zip.putNextEntry(new ZipEntry("WEB-INF/web.xml"));
      zip.write(descriptor.getBytes(UTF_8));
      zip.putNextEntry(new ZipEntry("hello.txt"));
      zip.write("hello".getBytes(UTF_8));
    }
    return file;
  }
}
