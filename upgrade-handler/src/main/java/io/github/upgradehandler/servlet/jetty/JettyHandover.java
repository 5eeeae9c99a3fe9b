package io.github.upgradehandler.servlet.jetty;

import static io.github.upgradehandler.internal.log.Log.LOG;

import io.github.upgradehandler.servlet.container.ContainerInternals;
import io.github.upgradehandler.servlet.container.Handover;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.Optional;
import java.util.function.BinaryOperator;

/**
 * Jetty (12.1.14) checks the answer when the filters have returned, and for one that is committed
 * or no 101 throws an exception out of its loop, into which it goes again, for ever and with a line
 * in the log each time. So {@code UpgradeInputHandler} keeps the answer from filters; what it
 * cannot keep from them, an output that is closed, spoils the handshake.
 */
final class JettyHandover extends Handover {

  /**
   * What the handler leaves for us; of the JDK's types, since it may be of another class loader.
   */
  private static final String KEEPER = "io.github.upgradehandler.jetty.keeper";

  private static final ContainerInternals<Names> INTERNALS =
      new ContainerInternals<>(Level.DEBUG, "the answer is not kept from filters", Names::in);

  private Runnable whenBegun = () -> {};

  JettyHandover(HttpServletRequest request, HttpServletResponse response) {
    super(request, response);
  }

  @Override
  public Optional<String> lack() {
    return request().getAttribute(KEEPER) == null
        ? JettyAdapter.lack(request().getServletContext().getServerInfo())
        : Optional.empty();
  }

  @Override
  @SuppressWarnings("unchecked")
  public void watch(Runnable spoiled) {
    if (!(request().getAttribute(KEEPER) instanceof BinaryOperator<?> keeper)) {
      return;
    }
    Runnable begun =
        INTERNALS.reach(
            request(),
            names -> {
              Ending ending = new Ending(names.abort, names.channelOf(request()));
              return ((BinaryOperator<Runnable>) keeper)
                  .apply(
                      () -> {
                        spoiled.run();
                        ending.run();
                      },
                      () -> response().setContentLengthLong(-1));
            });
    if (begun != null) {
      whenBegun = begun;
    }
  }

  @Override
  public void begin() {
    liftAsyncTimeout();
    whenBegun.run();
  }

  /**
   * Jetty carries an upgraded connection in an AsyncContext and ends it, busy or not, when that
   * times out, after 30 s by default.
   */
  private void liftAsyncTimeout() {
    try {
      if (request().isAsyncStarted()) {
        request().getAsyncContext().setTimeout(0);
      }
    } catch (IllegalStateException e) { // the request has ended meanwhile
      LOG.log(Level.TRACE, "no AsyncContext", e);
    }
  }

  /** Has Jetty leave its loop; without an answer so far it sends one with 500. */
  private record Ending(Method abort, Object channel) implements Runnable {

    @Override
    public void run() {
      try {
        abort.invoke(
            channel, new IllegalStateException("a filter has spoiled the WebSocket handshake"));
      } catch (ReflectiveOperationException e) {
        LOG.log(Level.WARNING, "ending a request", e);
      }
    }
  }

  /** Jetty's names. */
  private record Names(Method info, Method channel, Method abort) {

    static Names in(Class<?> request) throws ReflectiveOperationException {
      Method info = request.getMethod("getServletRequestInfo");
      Method channel = info.getReturnType().getMethod("getServletChannel");
      return new Names(info, channel, channel.getReturnType().getMethod("abort", Throwable.class));
    }

    Object channelOf(HttpServletRequest request) throws ReflectiveOperationException {
      return channel.invoke(info.invoke(request));
    }
  }
}
