package io.github.upgradehandler.servlet;

import jakarta.servlet.ServletContext;
import java.lang.System.Logger.Level;
import java.lang.reflect.InaccessibleObjectException;
import java.util.Optional;

/**
 * Says at deployment what would else be found out with the first connection: what this container
 * lacks, and what to do. Only looks; whatever comes of it, the deployment goes on.
 */
final class StartupCheck {

  private static final String JETTY = "jetty/";
  private static final String TOMCAT = "Apache Tomcat";
  private static final String UPGRADE_INPUT_HANDLER =
      "io.github.upgradehandler.jetty.UpgradeInputHandler";

  private StartupCheck() {}

  /** Logs one line if there is something to say. */
  static void run(String servletName, ServletContext context) {
    finding(context)
        .ifPresent(
            text ->
                System.getLogger("io.github.upgradehandler")
                    .log(Level.WARNING, "servlet '" + servletName + "': " + text));
  }

  static Optional<String> finding(ServletContext context) {
    String server = context.getServerInfo();
    if (server == null) {
      return Optional.empty();
    }
    if (server.startsWith(JETTY)) {
      return jetty(server.substring(JETTY.length()), context);
    }
    return server.startsWith(TOMCAT) ? tomcat(context) : Optional.empty();
  }

  private static Optional<String> jetty(String version, ServletContext context) {
    if (version.startsWith("12.0.")) {
      return Optional.of(
          "Jetty " + version + " has no HttpServletRequest.upgrade: use Jetty 12.1 or later");
    }
    if (!version.startsWith("12.1.") || hasUpgradeInputHandler(context)) {
      return Optional.empty();
    }
    return Optional.of(
        "Jetty "
            + version
            + " gives upgraded requests no input: put "
            + UPGRADE_INPUT_HANDLER
            + " in front, in a WAR by WEB-INF/jetty-ee10-web.xml or jetty-ee11-web.xml");
  }

  /**
   * Whether the server has such a handler anywhere. Jetty's classes are hidden from a web
   * application, and the handler may come from any class loader.
   */
  private static boolean hasUpgradeInputHandler(ServletContext context) {
    try {
      Object handler = call(context, "getContextHandler");
      for (Object each : (Iterable<?>) call(call(handler, "getServer"), "getDescendants")) {
        if (each.getClass().getName().equals(UPGRADE_INPUT_HANDLER)) {
          return true;
        }
      }
      return false;
    } catch (ReflectiveOperationException | RuntimeException e) {
      return true; // not known: nothing to say
    }
  }

  private static Object call(Object target, String method) throws ReflectiveOperationException {
    return target.getClass().getMethod(method).invoke(target);
  }

  private static Optional<String> tomcat(ServletContext context) {
    try {
      Class.forName(TomcatSocket.STREAM, false, context.getClass().getClassLoader())
          .getDeclaredField("socketWrapper")
          .setAccessible(true);
      return Optional.empty();
    } catch (ClassNotFoundException e) {
      return Optional.empty(); // built on Tomcat, with a connector of its own
    } catch (NoSuchFieldException | InaccessibleObjectException | SecurityException e) {
      return Optional.of(
          "this Tomcat does not let its sockets be reached ("
              + e
              + "): connections of peers that are gone may stay open; start the JVM with"
              + " --add-opens for org.apache.coyote.http11.upgrade");
    }
  }
}
