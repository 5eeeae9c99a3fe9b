package io.github.upgradehandler.servlet;

import io.github.upgradehandler.WebSocketHandler;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;

/** Makes handlers of a class that an init-param names. */
final class HandlerFactory {

  private final Constructor<? extends WebSocketHandler> constructor;

  private HandlerFactory(Constructor<? extends WebSocketHandler> constructor) {
    this.constructor = constructor;
  }

  /**
   * A factory for handlers of that class.
   *
   * @throws IllegalArgumentException if there is none, or it is none of handlers; says which
   */
  static HandlerFactory named(String className, ClassLoader loader) {
    try {
      return new HandlerFactory(
          Class.forName(className, true, loader)
              .asSubclass(WebSocketHandler.class)
              .getConstructor());
    } catch (ClassNotFoundException e) {
      throw wrong(className, "there is no such class in the web application");
    } catch (LinkageError e) {
      throw wrong(className, "cannot be loaded: " + e);
    } catch (ClassCastException e) {
      throw wrong(className, "is no WebSocketHandler");
    } catch (NoSuchMethodException e) {
      throw wrong(className, "has no public constructor without parameters");
    }
  }

  private static IllegalArgumentException wrong(String className, String what) {
    return new IllegalArgumentException("init-param 'handler' = '" + className + "': " + what);
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
