package io.github.upgradehandler.runner;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** WARs made on the spot. */
final class Wars {

  private static final String EMPTY =
      "<web-app xmlns=\"https://jakarta.ee/xml/ns/jakartaee\" version=\"6.0\"/>";

  private Wars() {}

  /** With a page {@code hello.txt} that says hello. */
  static Path hello(Path file) throws IOException {
    return war(file, EMPTY);
  }

  /** With a deployment descriptor that is no XML. */
  static Path broken(Path file) throws IOException {
    return war(file, "<web-app");
  }

  /** With a class that says itself where it is mapped, and no word of it in the descriptor. */
  static Path annotated(Path file, Class<?> servlet) throws IOException {
    String name = servlet.getName().replace('.', '/') + ".class";
    try (InputStream compiled = servlet.getClassLoader().getResourceAsStream(name)) {
      return war(file, EMPTY, Map.of("WEB-INF/classes/" + name, compiled.readAllBytes()));
    }
  }

  private static Path war(Path file, String descriptor) throws IOException {
    return war(file, descriptor, Map.of());
  }

  private static Path war(Path file, String descriptor, Map<String, byte[]> more)
      throws IOException {
    try (OutputStream out = Files.newOutputStream(file);
        ZipOutputStream zip = new ZipOutputStream(out)) {
      Map<String, byte[]> entries = new TreeMap<>(more);
      entries.put("WEB-INF/web.xml", descriptor.getBytes(UTF_8));
      entries.put("hello.txt", "hello".getBytes(UTF_8));
      for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
        zip.putNextEntry(new ZipEntry(entry.getKey()));
        zip.write(entry.getValue());
      }
    }
    return file;
  }
}
