package io.github.upgradehandler.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
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

  private Runnable whenBegun = () -> {};

  JettyHandover(HttpServletRequest request, HttpServletResponse response) {
    super(request, response);
  }

  @Override
  @SuppressWarnings("unchecked")
  void watch(Runnable spoiled) {
    if (!(request().getAttribute(KEEPER) instanceof BinaryOperator<?> keeper)) {
      return;
    }
    try {
      Object info = request().getClass().getMethod("getServletRequestInfo").invoke(request());
      Object channel = info.getClass().getMethod("getServletChannel").invoke(info);
      Method abort = channel.getClass().getMethod("abort", Throwable.class);
      whenBegun =
          ((BinaryOperator<Runnable>) keeper)
              .apply(
                  () -> {
                    spoiled.run();
                    end(abort, channel);
                  },
                  () -> response().setContentLengthLong(-1));
    } catch (ReflectiveOperationException | RuntimeException e) {
      System.getLogger("io.github.upgradehandler")
          .log(Level.DEBUG, "the answer is not kept from filters", e);
    }
  }

  /** Has Jetty leave its loop; without an answer so far it sends one with 500. */
  private static void end(Method abort, Object channel) {
    try {
      abort.invoke(
          channel, new IllegalStateException("a filter has spoiled the WebSocket handshake"));
    } catch (ReflectiveOperationException e) {
      System.getLogger("io.github.upgradehandler").log(Level.WARNING, "ending a request", e);
    }
  }

  @Override
  void begin() {
    whenBegun.run();
  }
}
