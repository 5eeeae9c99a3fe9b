package io.github.upgradehandler.servlet;

import jakarta.servlet.ServletContext;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * Says at deployment what would else be found out with the first connection: what this container
 * lacks, and what to do. Only looks; whatever comes of it, the deployment goes on.
 */
final class StartupCheck {

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
    return server == null ? Optional.empty() : Containers.startupFinding(server, context);
  }
}
