package io.github.upgradehandler.servlet.container;

import static io.github.upgradehandler.internal.log.Log.LOG;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * What a container has below the servlet API, reached by reflection since a web application cannot
 * link to it: its names are looked up once for each class, not for each connection, and what this
 * version of the container lacks is logged once. Thread-safe.
 *
 * @param <N> the names, as fields and methods
 */
public final class ContainerInternals<N> {

  /** Looks the names up. */
  @FunctionalInterface
  public interface Lookup<N> {

    /**
     * Finds the names, from the class of one of the container's objects.
     *
     * @throws ReflectiveOperationException if the container has others
     */
    N in(Class<?> type) throws ReflectiveOperationException;
  }

  /** Uses the names. */
  @FunctionalInterface
  public interface Use<N, T> {

    /** Gives what was sought; null if it is not there. */
    @Nullable T of(N names) throws ReflectiveOperationException;
  }

  private final Map<Class<?>, Optional<N>> known = new ConcurrentHashMap<>();
  private final AtomicBoolean logged = new AtomicBoolean();
  private final Level level;
  private final String lack;
  private final Lookup<N> lookup;

  /**
   * Looks nothing up yet.
   *
   * @param level how bad it is when the container cannot be reached
   * @param lack what is logged then: what is not reached, and what comes of it
   */
  public ContainerInternals(Level level, String lack, Lookup<N> lookup) {
    this.level = level;
    this.lack = lack;
    this.lookup = lookup;
  }

  /** The names for one of the container's objects; null if this version has others. */
  public @Nullable N names(Object object) {
    Class<?> type = object.getClass();
    Optional<N> names = known.get(type);
    if (names == null) {
      names = known.computeIfAbsent(type, this::lookUp);
    }
    return names.orElse(null);
  }

  /** What is found with the names for one of the container's objects; null if that fails. */
  public <T> @Nullable T reach(Object object, Use<N, T> use) {
    N names = names(object);
    if (names == null) {
      return null;
    }
    try {
      return use.of(names);
    } catch (ReflectiveOperationException | RuntimeException e) {
      log(e);
      return null;
    }
  }

  private Optional<N> lookUp(Class<?> type) {
    try {
      return Optional.of(lookup.in(type));
    } catch (ReflectiveOperationException | RuntimeException e) {
      log(e);
      return Optional.empty();
    }
  }

  private void log(Exception e) {
    LOG.log(logged.compareAndSet(false, true) ? level : Level.DEBUG, lack, e);
  }

  /** A class of the container by its name; null if there is none. */
  public static @Nullable Class<?> find(String name, @Nullable ClassLoader loader) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }

  /** A field that is not public. */
  public static Field field(Class<?> type, String name) throws ReflectiveOperationException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }

  /** Calls a public method without parameters by its name. */
  public static Object call(Object target, String method) throws ReflectiveOperationException {
    return target.getClass().getMethod(method).invoke(target);
  }

  /**
   * Calls a method that does I/O, of a name that was looked up.
   *
   * @throws IOException caused by what the method has thrown
   */
  public static Object callForIo(Method method, Object target, Object... arguments)
      throws IOException {
    try {
      return method.invoke(target, arguments);
    } catch (InvocationTargetException e) {
      throw new IOException(method.getName(), e.getCause());
    } catch (IllegalAccessException e) {
      throw new AssertionError("accessible when it was looked up", e);
    }
  }
}
