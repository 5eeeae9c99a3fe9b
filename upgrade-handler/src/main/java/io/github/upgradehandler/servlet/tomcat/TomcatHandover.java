package io.github.upgradehandler.servlet.tomcat;

import io.github.upgradehandler.servlet.container.ContainerInternals;
import io.github.upgradehandler.servlet.container.Handover;
import jakarta.servlet.ServletContext;
import jakarta.servlet.ServletRequestEvent;
import jakarta.servlet.ServletRequestListener;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;

/**
 * Tomcat (10.1.59, 11.0.24) calls {@code init} whatever has become of the answer: after a filter's
 * {@code reset}, {@code setStatus} or {@code sendError} a connection would open on a response that
 * is no 101. When {@code init} is called the response is recycled and no longer shows it; so a
 * listener checks it just before. Where none can be added the answer is sent at once.
 */
final class TomcatHandover extends Handover {

  static final String REQUEST = "org.apache.catalina.connector.RequestFacade";

  private static final String ATTRIBUTE = TomcatHandover.class.getName();

  private static final ContainerInternals<Field> INTERNALS =
      new ContainerInternals<>(
          Level.DEBUG,
          "no listener for the ends of requests",
          facade -> ContainerInternals.field(facade, "request"));

  private volatile Runnable whenSpoiled = () -> {};

  TomcatHandover(HttpServletRequest request, HttpServletResponse response) {
    super(request, response);
  }

  @Override
  public void watch(Runnable spoiled) throws IOException {
    whenSpoiled = spoiled;
    if (isListened()) {
      request().setAttribute(ATTRIBUTE, this);
    } else {
      response().flushBuffer();
    }
  }

  private boolean isListened() {
    ServletContext context = request().getServletContext();
    synchronized (TomcatHandover.class) {
      Object known = context.getAttribute(ATTRIBUTE);
      if (known == null) {
        known = listen();
        context.setAttribute(ATTRIBUTE, known);
      }
      return (Boolean) known;
    }
  }

  /** {@code ServletContext.addListener} is for the time before a context has started. */
  private boolean listen() {
    return Boolean.TRUE.equals(
        INTERNALS.reach(
            request(),
            own -> {
              Object context = ContainerInternals.call(own.get(request()), "getContext");
              context
                  .getClass()
                  .getMethod("addApplicationEventListener", Object.class)
                  .invoke(context, new RequestEnd());
              return true;
            }));
  }

  private void end() {
    if (!isSwitching()) {
      whenSpoiled.run();
    }
  }

  private static final class RequestEnd implements ServletRequestListener {

    @Override
    public void requestDestroyed(ServletRequestEvent event) {
      if (event.getServletRequest().getAttribute(ATTRIBUTE) instanceof TomcatHandover ended) {
        ended.end();
      }
    }
  }
}
