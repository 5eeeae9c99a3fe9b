package io.github.upgradehandler.servlet;

import io.github.upgradehandler.WebSocketHandler;
import jakarta.servlet.ServletException;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;

/** Makes handlers of a class that an init-param names. */
final class HandlerFactory {

  private final Constructor<? extends WebSocketHandler> constructor;

  private HandlerFactory(Constructor<? extends WebSocketHandler> constructor) {
    this.constructor = constructor;
  }

  static HandlerFactory named(String className, ClassLoader loader) throws ServletException {
    try {
      return new HandlerFactory(
          Class.forName(className, true, loader)
              .asSubclass(WebSocketHandler.class)
              .getConstructor());
    } catch (ClassNotFoundException e) {
      throw new ServletException("init-param 'handler': no class " + className, e);
    } catch (ClassCastException e) {
      throw new ServletException(
          "init-param 'handler': " + className + " is no WebSocketHandler", e);
    } catch (NoSuchMethodException e) {
      throw new ServletException(
          "init-param 'handler': " + className + " has no public constructor without parameters",
          e);
    }
  }

  /**
   * A new handler.
   *
   * @throws io.github.upgradehandler.HandshakeRefusedException if its constructor refuses
   */
  WebSocketHandler make() {
    try {
      return constructor.newInstance();
    } catch (InvocationTargetException e) {
      Throwable cause = e.getCause();
      if (cause instanceof RuntimeException thrown) {
        throw thrown;
      }
      if (cause instanceof Error thrown) {
        throw thrown;
      }
      throw new IllegalStateException("cannot make " + constructor.getDeclaringClass(), cause);
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("cannot make " + constructor.getDeclaringClass(), e);
    }
  }
}
