package io.github.upgradehandler.servlet;

import jakarta.servlet.ServletContainerInitializer;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRegistration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the servlets of this library when a web application is deployed: a wrong init-param
 * fails the deployment, and what the container lacks is logged. Otherwise a servlet without {@code
 * load-on-startup}, which most containers initialize with its first request only, would say so
 * then.
 *
 * <p>Containers find it in the library's jar, as an initializer (Servlet specification section
 * 8.2.4) and, one without that part, as the listener of its web fragment. An embedded server that
 * looks for neither is given it as a {@link ServletContainerInitializer}, after what registers the
 * servlets.
 *
 * <p>No instance of a servlet is made for it. So what a subclass does in code is not checked here:
 * its {@code configure}, its constructor, and whether it overrides {@code accept}. Nor are the
 * init-params of one that overrides {@code init(ServletConfig)} or what gives them. Initializing
 * the servlet checks these.
 */
public final class DeploymentCheck implements ServletContainerInitializer, ServletContextListener {

  /** For the container. */
  public DeploymentCheck() {}

  /**
   * Checks what is registered so far.
   *
   * @param classes none is asked for
   * @throws ServletException if an init-param is unknown or malformed, or nothing handles
   *     connections; names the servlet, the option and its value, and has no cause
   */
  @Override
  public void onStartup(@Nullable Set<Class<?>> classes, ServletContext context)
      throws ServletException {
    ClassLoader loader = Deployment.classLoader(context);
    Map<String, ServletRegistration> registrations =
        new TreeMap<>(context.getServletRegistrations());
    for (ServletRegistration each : registrations.values()) {
      Optional<RegisteredServlet> registered = RegisteredServlet.of(each, loader);
      if (registered.isPresent()) {
        check(registered.get(), context);
      }
    }
  }

  private static void check(RegisteredServlet servlet, ServletContext context)
      throws ServletException {
    servlet.check();
    if (servlet.isWebSocket()) {
      StartupCheck.run(servlet.name(), context);
    }
  }

  /**
   * The same, with what initializers have registered since.
   *
   * @throws IllegalStateException with the message of {@link #onStartup}
   */
  @Override
  public void contextInitialized(ServletContextEvent event) {
    try {
      onStartup(null, event.getServletContext());
    } catch (ServletException e) {
      throw new IllegalStateException(e.getMessage());
    }
  }
}
