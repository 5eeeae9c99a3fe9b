package io.github.upgradehandler.containers;

import io.github.upgradehandler.containers.app.Shout;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What is deployed in every container, each under the name of its file. */
public enum War {

  /** The sample. */
  SAMPLE_WEBAPP,
  /** The sample once more, to be undeployed. */
  SAMPLE_TWIN,
  /** The library, web.xml and a {@link Shout}: no servlet of its own. */
  WEB_XML_ONLY,
  /** The same with an option that there is not; it is deployed later, and in vain. */
  WRONG_OPTION;

  // The build puts the sample there.
  private static final Path DIRECTORY = Path.of("target", "wars").toAbsolutePath();

  public String context() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public String fileName() {
    return context() + ".war";
  }

  public Path file() {
    return DIRECTORY.resolve(fileName());
  }

  /** Those that a container serves from its start on. */
  public static List<War> served() {
    return List.of(SAMPLE_WEBAPP, SAMPLE_TWIN, WEB_XML_ONLY);
  }

  /** Makes the others of the sample. */
  static void makeAll() throws IOException {
    for (War other : List.of(SAMPLE_TWIN, WEB_XML_ONLY, WRONG_OPTION)) {
      Files.deleteIfExists(other.file());
      Files.copy(SAMPLE_WEBAPP.file(), other.file());
    }
    keepLibraryAlone(WEB_XML_ONLY, "/web-xml-only.xml");
    keepLibraryAlone(WRONG_OPTION, "/wrong-option.xml");
  }

  private static void keepLibraryAlone(War war, String descriptorResource) throws IOException {
    try (FileSystem zip = FileSystems.newFileSystem(war.file())) {
      Path classes = zip.getPath("WEB-INF", "classes");
      try (Stream<Path> entries = Files.walk(classes)) {
        for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(entry);
        }
      }
      String handler = Shout.class.getName().replace('.', '/') + ".class";
      Path target = classes.resolve(handler);
      Files.createDirectories(target.getParent());
      copyResource("/" + handler, target);
      Path descriptor = zip.getPath("WEB-INF", "web.xml");
      Files.delete(descriptor);
      copyResource(descriptorResource, descriptor);
    }
  }

  private static void copyResource(String name, Path to) throws IOException {
    try (InputStream resource = War.class.getResourceAsStream(name)) {
      Files.copy(resource, to);
    }
  }
}
