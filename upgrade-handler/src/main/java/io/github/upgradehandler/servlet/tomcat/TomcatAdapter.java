package io.github.upgradehandler.servlet.tomcat;

import io.github.upgradehandler.servlet.container.ContainerAdapter;
import io.github.upgradehandler.servlet.container.ContainerOptions;
import io.github.upgradehandler.servlet.container.ContainerOutput;
import io.github.upgradehandler.servlet.container.ContainerStreams;
import io.github.upgradehandler.servlet.container.Handover;
import io.github.upgradehandler.servlet.container.ServletEventOutput;
import io.github.upgradehandler.servlet.container.SessionTouch;
import io.github.upgradehandler.spi.TransportListener;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.lang.reflect.InaccessibleObjectException;
import java.util.Optional;

/** Tomcat 10.1 and 11, also where it is embedded in something else. */
public final class TomcatAdapter implements ContainerAdapter {

  private static final String SERVER = "Apache Tomcat";

  /** Keeps no state. */
  public TomcatAdapter() {}

  @Override
  public Optional<String> startupFinding(String server, ServletContext context) {
    if (!server.startsWith(SERVER)) {
      return Optional.empty();
    }
    try {
      TomcatSocket.field(
          Class.forName(TomcatSocket.STREAM, false, context.getClass().getClassLoader()));
      return Optional.empty();
    } catch (ClassNotFoundException e) {
      return Optional.empty(); // built on Tomcat, with a connector of its own
    } catch (ReflectiveOperationException | InaccessibleObjectException | SecurityException e) {
      return Optional.of(
          "this Tomcat does not let its sockets be reached ("
              + e
              + "): connections of peers that are gone may stay open; start the JVM with"
              + " --add-opens for org.apache.coyote.http11.upgrade");
    }
  }

  @Override
  public Optional<Handover> handover(HttpServletRequest request, HttpServletResponse response) {
    return request.getClass().getName().equals(TomcatHandover.REQUEST)
        ? Optional.of(new TomcatHandover(request, response))
        : Optional.empty();
  }

  @Override
  public Optional<ContainerStreams> streams(
      WebConnection container, TransportListener listener, ContainerOptions options)
      throws IOException {
    return container.getInputStream().getClass().getName().equals(TomcatSocket.STREAM)
        ? Optional.of(new TomcatStreams(container, listener))
        : Optional.empty();
  }

  @Override
  public Optional<ServletEventOutput> eventOutput(AsyncContext async, ContainerOutput body) {
    return async.getClass().getName().equals(TomcatEventOutput.CONTEXT)
        ? Optional.of(new TomcatEventOutput(async, body))
        : Optional.empty();
  }

  @Override
  public Optional<SessionTouch> sessionTouch(HttpSession session) {
    return session.getClass().getName().equals(TomcatSession.FACADE)
        ? Optional.ofNullable(TomcatSession.of(session))
        : Optional.empty();
  }
}
