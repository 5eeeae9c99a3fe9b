package io.github.upgradehandler.servlet;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.System.Logger.Level;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Undertow (2.3.26) hands over a connection if the answer is still 101 when it is complete, and
 * else says nothing to anybody: so its exchange is listened to.
 */
final class UndertowHandover extends Handover {

  static final String REQUEST = "io.undertow.servlet.spec.HttpServletRequestImpl";

  UndertowHandover(HttpServletRequest request, HttpServletResponse response) {
    super(request, response);
  }

  @Override
  void watch(Runnable spoiled) {
    try {
      Object exchange = request().getClass().getMethod("getExchange").invoke(request());
      Method listen =
          Arrays.stream(exchange.getClass().getMethods())
              .filter(method -> method.getName().equals("addExchangeCompleteListener"))
              .findFirst()
              .orElseThrow(() -> new NoSuchMethodException("addExchangeCompleteListener"));
      Class<?> type = listen.getParameterTypes()[0];
      Object listener =
          Proxy.newProxyInstance(
              type.getClassLoader(),
              new Class<?>[] {type},
              (proxy, method, arguments) -> called(proxy, method, arguments, spoiled));
      listen.invoke(exchange, listener);
    } catch (ReflectiveOperationException | RuntimeException e) {
      System.getLogger("io.github.upgradehandler")
          .log(Level.DEBUG, "no listener for the end of an exchange", e);
    }
  }

  /** {@code exchangeEvent(exchange, next)}, or a method of {@link Object}. */
  private @Nullable Object called(
      Object proxy, Method method, Object @Nullable [] arguments, Runnable spoiled)
      throws ReflectiveOperationException {
    if (arguments == null || arguments.length < 2) {
      return switch (method.getName()) {
        case "equals" -> arguments != null && arguments[0] == proxy;
        case "hashCode" -> System.identityHashCode(proxy);
        default -> UndertowHandover.class.getName();
      };
    }
    try {
      if (!isSwitching()) {
        spoiled.run();
      }
    } finally {
      proceed(method.getParameterTypes()[1], arguments[1]);
    }
    return null;
  }

  private static void proceed(Class<?> type, Object next) throws ReflectiveOperationException {
    try {
      type.getMethod("proceed").invoke(next);
    } catch (InvocationTargetException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw e;
    }
  }
}
