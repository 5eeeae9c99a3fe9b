package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.internal.log.Log.LOG;

import jakarta.servlet.ServletContext;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * Logs at deployment what would otherwise fail with the first connection: what this container
 * lacks, and what to do. Changes nothing; the deployment goes on in any case.
 */
final class StartupCheck {

  private StartupCheck() {}

  /** Logs one line if there is something to say. */
  static void run(String servletName, ServletContext context) {
    finding(context)
        .ifPresent(text -> LOG.log(Level.WARNING, "servlet '" + servletName + "': " + text));
  }

  static Optional<String> finding(ServletContext context) {
    String server = context.getServerInfo();
    return server == null ? Optional.empty() : Containers.startupFinding(server, context);
  }
}
