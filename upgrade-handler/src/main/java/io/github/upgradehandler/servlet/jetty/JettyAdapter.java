package io.github.upgradehandler.servlet.jetty;

import io.github.upgradehandler.servlet.container.ContainerAdapter;
import io.github.upgradehandler.servlet.container.ContainerInternals;
import io.github.upgradehandler.servlet.container.Handover;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Optional;

/** Jetty 12.1; its streams and event streams are as the servlet API says. */
public final class JettyAdapter implements ContainerAdapter {

  private static final String SERVER = "jetty/";
  private static final String WITHOUT_UPGRADE = SERVER + "12.0.";
  private static final String WITHOUT_INPUT = SERVER + "12.1.";
  private static final String PACKAGE = "org.eclipse.jetty.";
  private static final String UPGRADE_INPUT_HANDLER =
      "io.github.upgradehandler.jetty.UpgradeInputHandler";

  /** Keeps no state. */
  public JettyAdapter() {}

  @Override
  public Optional<String> startupFinding(String server, ServletContext context) {
    return lack(server)
        .filter(text -> server.startsWith(WITHOUT_UPGRADE) || !hasUpgradeInputHandler(context));
  }

  /**
   * What a server lacks unless the handler is in front.
   *
   * @param server what it calls itself; others than Jetty lack nothing here
   */
  static Optional<String> lack(String server) {
    if (server.startsWith(WITHOUT_UPGRADE)) {
      return Optional.of(
          named(server) + " has no HttpServletRequest.upgrade: use Jetty 12.1 or later");
    }
    if (!server.startsWith(WITHOUT_INPUT)) {
      return Optional.empty();
    }
    return Optional.of(
        named(server)
            + " gives upgraded requests no input: put "
            + UPGRADE_INPUT_HANDLER
            + " in front, in a WAR by WEB-INF/jetty-ee10-web.xml or jetty-ee11-web.xml");
  }

  private static String named(String server) {
    return "Jetty " + server.substring(SERVER.length());
  }

  /**
   * Whether the server has such a handler anywhere. Jetty's classes are hidden from a web
   * application, and the handler may come from any class loader.
   */
  private static boolean hasUpgradeInputHandler(ServletContext context) {
    try {
      Object handler = ContainerInternals.call(context, "getContextHandler");
      Object server = ContainerInternals.call(handler, "getServer");
      for (Object each : (Iterable<?>) ContainerInternals.call(server, "getDescendants")) {
        if (each.getClass().getName().equals(UPGRADE_INPUT_HANDLER)) {
          return true;
        }
      }
      return false;
    } catch (ReflectiveOperationException | RuntimeException e) {
      return true; // not known: nothing to say
    }
  }

  @Override
  public Optional<Handover> handover(HttpServletRequest request, HttpServletResponse response) {
    return request.getClass().getName().startsWith(PACKAGE)
        ? Optional.of(new JettyHandover(request, response))
        : Optional.empty();
  }
}
