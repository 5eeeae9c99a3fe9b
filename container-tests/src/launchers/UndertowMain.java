import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.server.handlers.resource.PathResourceManager;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletInfo;
import jakarta.servlet.Servlet;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Embedded Undertow with one WAR: UndertowMain PORT CONTEXT WAR DIRECTORY, until SIGTERM. Undertow
 * itself reads neither WARs nor web.xml; what the sample's has, this does.
 */
final class UndertowMain {

  private UndertowMain() {}

  public static void main(String[] args) throws Exception {
    Path exploded = explode(Path.of(args[2]), Path.of(args[3]).resolve("exploded"));
    DeploymentManager manager =
        Servlets.defaultContainer().addDeployment(deployment(args[1], exploded));
    manager.deploy();
    Undertow undertow =
        Undertow.builder()
            .addHttpListener(Integer.parseInt(args[0]), "127.0.0.1")
            .setHandler(Handlers.path().addPrefixPath(args[1], manager.start()))
            .build();
    undertow.start();
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(manager, undertow)));
  }

  private static void stop(DeploymentManager manager, Undertow undertow) {
    try {
      manager.stop();
      manager.undeploy();
    } catch (Exception e) {
      e.printStackTrace();
    }
    undertow.stop();
  }

  private static Path explode(Path war, Path directory) throws Exception {
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
    return directory;
  }

  private static DeploymentInfo deployment(String context, Path exploded) throws Exception {
    ClassLoader loader = loader(exploded.resolve("WEB-INF"));
    DeploymentInfo deployment =
        Servlets.deployment()
            .setDeploymentName(context)
            .setContextPath(context)
            .setClassLoader(loader)
            .setResourceManager(new PathResourceManager(exploded))
            .addWelcomePage("index.html");
    Element descriptor =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(exploded.resolve("WEB-INF/web.xml").toFile())
            .getDocumentElement();
    for (Element servlet : children(descriptor, "servlet")) {
      deployment.addServlet(servlet(servlet, descriptor, loader));
    }
    return deployment;
  }

  private static ServletInfo servlet(Element servlet, Element descriptor, ClassLoader loader)
      throws Exception {
    String name = text(servlet, "servlet-name");
    ServletInfo info =
        Servlets.servlet(
            name, loader.loadClass(text(servlet, "servlet-class")).asSubclass(Servlet.class));
    for (Element parameter : children(servlet, "init-param")) {
      info.addInitParam(text(parameter, "param-name"), text(parameter, "param-value"));
    }
    for (Element async : children(servlet, "async-supported")) {
      info.setAsyncSupported(Boolean.parseBoolean(async.getTextContent().strip()));
    }
    for (Element mapping : children(descriptor, "servlet-mapping")) {
      if (text(mapping, "servlet-name").equals(name)) {
        info.addMapping(text(mapping, "url-pattern"));
      }
    }
    return info;
  }

  private static ClassLoader loader(Path webInf) throws Exception {
    List<URL> places = new ArrayList<>();
    places.add(webInf.resolve("classes").toUri().toURL());
    try (Stream<Path> libraries = Files.list(webInf.resolve("lib"))) {
      for (Path library : (Iterable<Path>) libraries::iterator) {
        places.add(library.toUri().toURL());
      }
    }
    return new URLClassLoader(places.toArray(URL[]::new), UndertowMain.class.getClassLoader());
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
