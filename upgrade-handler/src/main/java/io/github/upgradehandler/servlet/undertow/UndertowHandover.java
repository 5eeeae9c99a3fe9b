package io.github.upgradehandler.servlet.undertow;

import io.github.upgradehandler.servlet.container.ContainerInternals;
import io.github.upgradehandler.servlet.container.Handover;
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
 * else reports nothing: so its exchange is listened to.
 */
final class UndertowHandover extends Handover {

  static final String REQUEST = "io.undertow.servlet.spec.HttpServletRequestImpl";

  private static final ContainerInternals<Names> INTERNALS =
      new ContainerInternals<>(Level.DEBUG, "no listener for the end of an exchange", Names::in);

  UndertowHandover(HttpServletRequest request, HttpServletResponse response) {
    super(request, response);
  }

  @Override
  public void watch(Runnable spoiled) {
    INTERNALS.reach(
        request(),
        names ->
            names.listen.invoke(
                names.exchange.invoke(request()),
                Proxy.newProxyInstance(
                    names.listener.getClassLoader(),
                    new Class<?>[] {names.listener},
                    (proxy, method, arguments) -> called(proxy, method, arguments, spoiled))));
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

  /** Undertow's names. */
  private record Names(Method exchange, Method listen, Class<?> listener) {

    static Names in(Class<?> request) throws ReflectiveOperationException {
      Method exchange = request.getMethod("getExchange");
      Method listen =
          Arrays.stream(exchange.getReturnType().getMethods())
              .filter(method -> method.getName().equals("addExchangeCompleteListener"))
              .findFirst()
              .orElseThrow(() -> new NoSuchMethodException("addExchangeCompleteListener"));
      return new Names(exchange, listen, listen.getParameterTypes()[0]);
    }
  }
}
