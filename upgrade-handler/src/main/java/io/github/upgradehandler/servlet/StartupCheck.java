package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.internal.log.Log.LOG;

import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.servlet.container.Handover;
import jakarta.servlet.ServletContext;
import java.lang.System.Logger.Level;
import java.util.Optional;

/**
 * Says what this container lacks for WebSockets, and what to do: in the log at deployment, which
 * goes on in any case, and again where a handshake fails for it.
 */
final class StartupCheck {

  private static final String FIXED_TEXT = "WebSockets do not work here: see the server's log";

  private StartupCheck() {}

  /** Logs one line for each servlet if there is something to say. */
  static void run(String servletName, ServletContext context) {
    finding(context)
        .filter(text -> isFirst(servletName, context))
        .ifPresent(text -> LOG.log(Level.WARNING, "servlet '" + servletName + "': " + text));
  }

  /** It is run when the servlet is deployed, and when it is initialized. */
  private static boolean isFirst(String servletName, ServletContext context) {
    String attribute = StartupCheck.class.getName() + '.' + servletName;
    boolean first = context.getAttribute(attribute) == null;
    context.setAttribute(attribute, true);
    return first;
  }

  static Optional<String> finding(ServletContext context) {
    String server = context.getServerInfo();
    return server == null ? Optional.empty() : Containers.startupFinding(server, context);
  }

  /**
   * Refuses a handshake whose connection would be of no use.
   *
   * @throws HandshakeRefusedException with 500; the log says what is lacking, the client hears
   *     nothing of it
   */
  static void require(String servletName, Handover handover) {
    Optional<String> lack = handover.lack();
    if (lack.isPresent()) {
      LOG.log(Level.ERROR, "servlet '" + servletName + "' cannot open WebSockets: " + lack.get());
      throw new HandshakeRefusedException(500, FIXED_TEXT);
    }
  }
}
