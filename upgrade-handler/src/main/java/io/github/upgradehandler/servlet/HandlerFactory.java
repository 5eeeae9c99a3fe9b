package io.github.upgradehandler.servlet;

import io.github.upgradehandler.WebSocketHandler;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Modifier;

/** Makes handlers of a class that an init-param names. */
final class HandlerFactory {

  private final Constructor<? extends WebSocketHandler> constructor;

  private HandlerFactory(Constructor<? extends WebSocketHandler> constructor) {
    this.constructor = constructor;
  }

  /**
   * A factory for handlers of that class, which is not initialized yet.
   *
   * @throws IllegalArgumentException if there is none, or none can be made of it; says which
   */
  static HandlerFactory named(String className, ClassLoader loader) {
    try {
      Class<? extends WebSocketHandler> type =
          Class.forName(className, false, loader).asSubclass(WebSocketHandler.class);
      if (Modifier.isAbstract(type.getModifiers())) {
        throw wrong(className, "is abstract, so that no instance can be made");
      }
      Constructor<? extends WebSocketHandler> constructor = type.getConstructor();
      if (!constructor.canAccess(null)) {
        throw wrong(
            className,
            "is not public, or its module does not export its package to this library's");
      }
      return new HandlerFactory(constructor);
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

  /**
   * Initializes the class, which is code of the application.
   *
   * @throws IllegalArgumentException if that fails; says why
   */
  void initialize() {
    Class<?> type = constructor.getDeclaringClass();
    try {
      Class.forName(type.getName(), true, type.getClassLoader());
    } catch (ClassNotFoundException | LinkageError e) {
      throw wrong(type.getName(), "cannot be loaded: " + innermost(e));
    }
  }

  /** The errors of initializing say nothing themselves. */
  private static Throwable innermost(Throwable thrown) {
    Throwable innermost = thrown;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return innermost;
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
