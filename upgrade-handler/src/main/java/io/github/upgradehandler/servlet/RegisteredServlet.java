package io.github.upgradehandler.servlet;

import io.github.upgradehandler.EventStreamConfig;
import io.github.upgradehandler.WebSocketConfig;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import java.util.Optional;

/**
 * A servlet of this library, or a subclass, that a web application has registered. No instance is
 * made to check it, since that would be code of the application.
 */
final class RegisteredServlet {

  private final InitParams params;
  private final Subclass subclass;
  private final ClassLoader loader;

  private RegisteredServlet(InitParams params, Subclass subclass, ClassLoader loader) {
    this.params = params;
    this.subclass = subclass;
    this.loader = loader;
  }

  /** The servlet of a registration; empty if it is not of this library. */
  static Optional<RegisteredServlet> of(ServletRegistration registration, ClassLoader loader) {
    String className = registration.getClassName();
    if (className == null) {
      return Optional.empty();
    }
    Class<?> type;
    try {
      type = Class.forName(className, false, loader);
    } catch (ClassNotFoundException | LinkageError e) { // that is for the container to say
      return Optional.empty();
    }
    Class<?> base;
    if (WebSocketServlet.class.isAssignableFrom(type)) {
      base = WebSocketServlet.class;
    } else if (EventStreamServlet.class.isAssignableFrom(type)) {
      base = EventStreamServlet.class;
    } else {
      return Optional.empty();
    }
    return Optional.of(
        new RegisteredServlet(InitParams.of(registration), new Subclass(type, base), loader));
  }

  String name() {
    return params.servlet();
  }

  boolean isWebSocket() {
    return subclass.base() == WebSocketServlet.class;
  }

  /**
   * Checks its init-params, as far as they do not depend on what a subclass does in code.
   *
   * @throws ServletException what initializing it would throw
   */
  void check() throws ServletException {
    try {
      if (readsOthers()) {
        return;
      }
      if (isWebSocket()) {
        checkWebSocket();
      } else {
        checkEventStream();
      }
    } catch (LinkageError e) {
      // A class is missing that the subclass names: the container says so when it makes it.
    }
  }

  /** Whether a subclass sees to it that others are read than the registration has. */
  private boolean readsOthers() {
    return subclass.overrides("init", ServletConfig.class)
        || subclass.overrides("getServletConfig")
        || subclass.overrides("getInitParameterNames")
        || subclass.overrides("getInitParameter", String.class);
  }

  private void checkWebSocket() throws ServletException {
    WebSocketParams read = new WebSocketParams(WebSocketConfig.builder(), loader);
    boolean mayHaveCode = subclass.type() != subclass.base() || MadeInCode.isAny();
    params.read(read::set, () -> mayHaveCode ? read : configOf(read));
  }

  /** Of one that is nothing but its init-params. */
  private static WebSocketConfig configOf(WebSocketParams read) {
    WebSocketConfig config = read.config();
    if (read.handlers() == null) {
      throw new IllegalArgumentException(WebSocketServlet.NO_HANDLER);
    }
    return config;
  }

  private void checkEventStream() throws ServletException {
    EventStreamConfig.Builder builder = EventStreamConfig.builder();
    boolean hasCode = subclass.overrides("configure");
    params.read(builder::set, () -> hasCode ? builder : builder.build());
  }
}
