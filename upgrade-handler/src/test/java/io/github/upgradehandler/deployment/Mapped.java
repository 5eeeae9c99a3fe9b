package io.github.upgradehandler.deployment;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.http.HttpServlet;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/**
 * A servlet as {@code web.xml} maps it: by the name of its class, without {@code load-on-startup}.
 *
 * @param loader of the web application
 */
record Mapped(
    String name, String path, String className, Map<String, String> params, ClassLoader loader) {

  /** What a container finds in the library's jar. */
  Stream<ServletContainerInitializer> initializers() {
    return ServiceLoader.load(ServletContainerInitializer.class, loader).stream()
        .map(ServiceLoader.Provider::get);
  }

  Class<? extends HttpServlet> type() throws ClassNotFoundException {
    return Class.forName(className, false, loader).asSubclass(HttpServlet.class);
  }
}
