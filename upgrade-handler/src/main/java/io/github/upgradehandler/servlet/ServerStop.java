package io.github.upgradehandler.servlet;

import static java.lang.invoke.MethodType.methodType;

import jakarta.servlet.ServletContext;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.Dictionary;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Hears that the server stops while its connections still work. The servlet API has nothing for it,
 * and some containers end the connections first and take the servlets out of service afterwards,
 * when no Close frame can be sent any more:
 *
 * <ul>
 *   <li>GlassFish (seen on 7.0.21 and 8.0.0), and Payara: {@code AppServerStartup.stop} sends the
 *       event {@code PREPARE_SHUTDOWN}, and waits for who listens, before it stops anything.
 *   <li>Open Liberty (seen on 26.0.0.3): every {@code ServerQuiesceListener} among the OSGi
 *       services is called while the ports are closed, and waited for, at most 30 s, before
 *       applications are stopped.
 * </ul>
 *
 * Elsewhere the servlets' {@code destroy} comes in time, and there is nothing to listen to.
 */
final class ServerStop {

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();

  /** Takes back what the server was told. */
  private interface Cancellation {
    void run() throws ReflectiveOperationException;
  }

  private final Cancellation cancellation;

  private ServerStop(Cancellation cancellation) {
    this.cancellation = cancellation;
  }

  /**
   * Listens until {@link #cancel}.
   *
   * @param stopping runs on a thread of the server, which waits for it; the caller keeps it, the
   *     server refers to it weakly
   */
  static ServerStop listen(ServletContext context, Runnable stopping) {
    Reference<Runnable> weak = new WeakReference<>(stopping);
    try {
      return new ServerStop(listen(context, weak));
    } catch (ReflectiveOperationException | RuntimeException e) {
      logger()
          .log(
              Level.WARNING,
              "this server does not say when it stops: peers may then see no Close frame",
              e);
      return new ServerStop(() -> {});
    }
  }

  private static Cancellation listen(ServletContext context, Reference<Runnable> stopping)
      throws ReflectiveOperationException {
    Class<?> globals = find("org.glassfish.internal.api.Globals", Deployment.classLoader(context));
    if (globals != null) {
      return onGlassFish(globals, stopping);
    }
    // The context's own class may be of a module that does not see what the class above it sees.
    for (Class<?> type = context.getClass(); type != null; type = type.getSuperclass()) {
      ClassLoader loader = type.getClassLoader();
      Class<?> listener = find("com.ibm.wsspi.kernel.service.utils.ServerQuiesceListener", loader);
      if (listener != null) {
        return onOpenLiberty(listener, loader, stopping);
      }
    }
    return () -> {};
  }

  /** Hears of it no more. */
  void cancel() {
    try {
      cancellation.run();
    } catch (ReflectiveOperationException e) {
      logger().log(Level.DEBUG, "no longer listening to the server", e);
    }
  }

  private static Cancellation onGlassFish(Class<?> globals, Reference<Runnable> stopping)
      throws ReflectiveOperationException {
    ClassLoader loader = globals.getClassLoader();
    Class<?> events = Class.forName("org.glassfish.api.event.Events", false, loader);
    Class<?> type = Class.forName("org.glassfish.api.event.EventListener", false, loader);
    Class<?> event = Class.forName("org.glassfish.api.event.EventListener$Event", false, loader);
    Class<?> eventType = Class.forName("org.glassfish.api.event.EventTypes", true, loader);
    MethodHandle isPrepare =
        MethodHandles.insertArguments(
            LOOKUP.findVirtual(event, "is", methodType(boolean.class, eventType)),
            1,
            eventType.getField("PREPARE_SHUTDOWN").get(null));
    MethodHandle heard =
        MethodHandles.guardWithTest(
            isPrepare,
            MethodHandles.dropArguments(whenAlive(stopping), 0, event),
            MethodHandles.empty(methodType(void.class, event)));
    Object service = globals.getMethod("get", Class.class).invoke(null, events);
    Object listener = MethodHandleProxies.asInterfaceInstance(type, heard);
    events.getMethod("register", type).invoke(service, listener);
    return () -> events.getMethod("unregister", type).invoke(service, listener);
  }

  private static Cancellation onOpenLiberty(
      Class<?> type, ClassLoader loader, Reference<Runnable> stopping)
      throws ReflectiveOperationException {
    Class<?> reference = Class.forName("org.osgi.framework.BundleReference", false, loader);
    Class<?> bundle = Class.forName("org.osgi.framework.Bundle", false, loader);
    Class<?> bundleContext = Class.forName("org.osgi.framework.BundleContext", false, loader);
    Class<?> registered = Class.forName("org.osgi.framework.ServiceRegistration", false, loader);
    Object registration =
        bundleContext
            .getMethod("registerService", String.class, Object.class, Dictionary.class)
            .invoke(
                bundle
                    .getMethod("getBundleContext")
                    .invoke(reference.getMethod("getBundle").invoke(loader)),
                type.getName(),
                MethodHandleProxies.asInterfaceInstance(type, whenAlive(stopping)),
                null);
    return () -> registered.getMethod("unregister").invoke(registration);
  }

  /**
   * Runs what is referred to, if it is still there. Made of the JDK's classes alone, so that a
   * server that never lets go of a listener keeps nothing of the web application: GlassFish 7.0.21
   * does not find what it is to unregister (mended later, eclipse-ee4j/glassfish pull request
   * 25692).
   */
  private static MethodHandle whenAlive(Reference<Runnable> reference)
      throws ReflectiveOperationException {
    MethodHandle referent =
        LOOKUP
            .findVirtual(Reference.class, "get", methodType(Object.class))
            .bindTo(reference)
            .asType(methodType(Runnable.class));
    MethodHandle run =
        MethodHandles.guardWithTest(
            LOOKUP
                .findStatic(Objects.class, "nonNull", methodType(boolean.class, Object.class))
                .asType(methodType(boolean.class, Runnable.class)),
            LOOKUP.findVirtual(Runnable.class, "run", methodType(void.class)),
            MethodHandles.empty(methodType(void.class, Runnable.class)));
    return MethodHandles.collectArguments(run, 0, referent);
  }

  private static @Nullable Class<?> find(String name, @Nullable ClassLoader loader) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }

  private static Logger logger() {
    return System.getLogger("io.github.upgradehandler");
  }
}
