package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.internal.log.Log.LOG;

import io.github.upgradehandler.internal.connection.Connection;
import jakarta.servlet.http.HttpUpgradeHandler;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.lang.System.Logger.Level;
import org.jspecify.annotations.Nullable;

/**
 * Takes over a connection from the container. Containers make the instance and call {@link #init}
 * after {@code service} has returned or, some of them, inside of {@code upgrade}: whichever of
 * {@link #init} and the servlet's {@link #bind} comes second starts the connection. Public since
 * the container makes it; not for applications.
 */
public final class UpgradeHandler implements HttpUpgradeHandler {

  private record Binding(Runnable begin, ServletTransport transport, Connection connection) {}

  private @Nullable Binding binding;
  private @Nullable WebConnection webConnection;
  private @Nullable Connection started;

  /** For the container. */
  public UpgradeHandler() {}

  @Override
  public void init(WebConnection container) {
    synchronized (this) {
      webConnection = container;
    }
    startIfComplete();
  }

  /** The container has ended the connection, which one may do before it hands it over. */
  @Override
  public void destroy() {
    if (spoil()) {
      return;
    }
    Connection ended;
    synchronized (this) {
      ended = started;
    }
    if (ended != null) {
      ended.onGone();
    }
  }

  /** Sets the connection that the container's streams are for. */
  void bind(ServletTransport transport, Connection connection) {
    bind(() -> {}, transport, connection);
  }

  /**
   * Sets the connection that the container's streams are for.
   *
   * @param begin called when they are there, before they are used
   */
  void bind(Runnable begin, ServletTransport transport, Connection connection) {
    synchronized (this) {
      binding = new Binding(begin, transport, connection);
    }
    startIfComplete();
  }

  /**
   * The answer to the handshake is no 101 any more, so that nothing must be sent on the connection.
   * Ends it, unless it has started.
   *
   * @return whether that was so
   */
  boolean spoil() {
    Connection ended;
    synchronized (this) {
      Binding spoiled = binding;
      if (spoiled == null || spoiled.transport.isClosed()) {
        return false;
      }
      spoiled.transport.close(); // and so is what the container may still give
      ended = spoiled.connection;
    }
    ended.abort();
    return true;
  }

  private void startIfComplete() {
    Binding bound;
    WebConnection container;
    synchronized (this) {
      bound = binding;
      container = webConnection;
      if (bound == null || container == null) {
        return;
      }
      binding = null; // the request is not to be kept for as long as the connection lives
      webConnection = null;
      started = bound.connection;
    }
    start(bound, container);
  }

  /** Throws nothing: containers leave the client hanging if {@link #init} does. */
  private static void start(Binding bound, WebConnection container) {
    boolean spoiled = bound.transport.isClosed();
    try {
      bound.begin.run();
      bound.transport.attach(container, bound.connection);
      if (spoiled) {
        return;
      }
      bound.connection.onStarted();
      bound.transport.listen();
    } catch (IOException | RuntimeException | LinkageError e) {
      if (!bound.transport.isClosed()) { // by the application, as soon as it was open
        Level level =
            e instanceof IOException ? Level.DEBUG : Level.ERROR; // the peer's doing, or ours
        LOG.log(level, bound.connection + ": could not be started", e);
      }
      bound.connection.onEnd(e);
    }
  }
}
