package io.github.upgradehandler.servlet.tomcat;

import io.github.upgradehandler.servlet.container.ContainerInternals;
import io.github.upgradehandler.servlet.container.SessionTouch;
import jakarta.servlet.http.HttpSession;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import org.jspecify.annotations.Nullable;

/**
 * Tomcat (10.1.59, 11.0.24) counts a session's time from the last request; {@code access} and
 * {@code endAccess} of its own session are what it calls for one.
 */
final class TomcatSession implements SessionTouch {

  /** The class of its sessions, as an application sees them. */
  static final String FACADE = "org.apache.catalina.session.StandardSessionFacade";

  private static final ContainerInternals<Field> INTERNALS =
      new ContainerInternals<>(
          Level.WARNING,
          "this Tomcat does not let its sessions be reached: messages do not keep them alive",
          facade -> ContainerInternals.field(facade, "session"));

  private final Object own;

  private TomcatSession(Object own) {
    this.own = own;
  }

  /** Tomcat's own session; null if it cannot be reached. */
  static @Nullable TomcatSession of(HttpSession facade) {
    return INTERNALS.reach(facade, field -> new TomcatSession(field.get(facade)));
  }

  @Override
  public void touch() throws ReflectiveOperationException {
    ContainerInternals.call(own, "access");
    ContainerInternals.call(own, "endAccess");
  }
}
