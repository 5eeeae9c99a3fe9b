import jakarta.servlet.ServletContainerInitializer;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * A WAR for containers that read neither WARs nor web.xml themselves: what our descriptors have,
 * this understands.
 */
record ExplodedWar(
    Path directory, ClassLoader loader, List<Component> servlets, List<Component> filters) {

  /** A servlet or filter of web.xml. */
  record Component(
      String name,
      String className,
      Map<String, String> parameters,
      boolean asyncSupported,
      List<String> mappings) {}

  static ExplodedWar of(Path war, Path directory) throws Exception {
    explode(war, directory);
    Path webInf = directory.resolve("WEB-INF");
    Element root =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(webInf.resolve("web.xml").toFile())
            .getDocumentElement();
    return new ExplodedWar(
        directory, loader(webInf), components("servlet", root), components("filter", root));
  }

  /** Those that a container finds. */
  List<ServletContainerInitializer> initializers() {
    return ServiceLoader.load(ServletContainerInitializer.class, loader).stream()
        .map(ServiceLoader.Provider::get)
        .toList();
  }

  private static void explode(Path war, Path directory) throws Exception {
    try (FileSystem zip = FileSystems.newFileSystem(war);
        Stream<Path> entries = Files.walk(zip.getPath("/"))) {
      for (Path entry : (Iterable<Path>) entries::iterator) {
        Path target = directory.resolve(entry.toString().substring(1));
        if (Files.isDirectory(entry)) {
          Files.createDirectories(target);
        } else {
          Files.copy(entry, target);
        }
      }
    }
  }

  private static ClassLoader loader(Path webInf) throws Exception {
    List<URL> places = new ArrayList<>();
    places.add(webInf.resolve("classes").toUri().toURL());
    try (Stream<Path> libraries = Files.list(webInf.resolve("lib"))) {
      for (Path library : (Iterable<Path>) libraries::iterator) {
        places.add(library.toUri().toURL());
      }
    }
    return new URLClassLoader(places.toArray(URL[]::new), ExplodedWar.class.getClassLoader());
  }

  private static List<Component> components(String kind, Element root) {
    return children(root, kind).stream()
        .map(component -> component(kind, component, root))
        .toList();
  }

  private static Component component(String kind, Element component, Element root) {
    String name = text(component, kind + "-name");
    Map<String, String> parameters = new LinkedHashMap<>();
    for (Element parameter : children(component, "init-param")) {
      parameters.put(text(parameter, "param-name"), text(parameter, "param-value"));
    }
    return new Component(
        name,
        text(component, kind + "-class"),
        parameters,
        Boolean.parseBoolean(text(component, "async-supported")),
        children(root, kind + "-mapping").stream()
            .filter(mapping -> text(mapping, kind + "-name").equals(name))
            .map(mapping -> text(mapping, "url-pattern"))
            .toList());
  }

  private static List<Element> children(Element parent, String name) {
    List<Element> found = new ArrayList<>();
    NodeList nodes = parent.getElementsByTagName(name);
    for (int i = 0; i < nodes.getLength(); i++) {
      if (nodes.item(i).getParentNode() == parent) {
        found.add((Element) nodes.item(i));
      }
    }
    return found;
  }

  private static String text(Element parent, String name) {
    return children(parent, name).get(0).getTextContent().strip();
  }
}
