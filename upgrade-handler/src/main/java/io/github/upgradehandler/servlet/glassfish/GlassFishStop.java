package io.github.upgradehandler.servlet.glassfish;

import static java.lang.invoke.MethodType.methodType;

import io.github.upgradehandler.servlet.container.ContainerInternals;
import io.github.upgradehandler.servlet.container.ServerStop;
import jakarta.servlet.ServletContext;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.lang.invoke.MethodHandles;
import java.util.Optional;

/**
 * The stop of GlassFish (seen on 7.0.21 and 8.0.0), and of Payara: {@code AppServerStartup.stop}
 * sends the event {@code PREPARE_SHUTDOWN}, and waits for the listeners, before it stops anything.
 *
 * <p>GlassFish 7.0.21 does not find what it is to unregister (fixed later, eclipse-ee4j/glassfish
 * pull request 25692), so it keeps the listener.
 */
final class GlassFishStop {

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();

  private GlassFishStop() {}

  static Optional<ServerStop.Cancellation> listen(ServletContext context, MethodHandle stopping)
      throws ReflectiveOperationException {
    Class<?> globals =
        ContainerInternals.find("org.glassfish.internal.api.Globals", context.getClassLoader());
    return globals == null ? Optional.empty() : Optional.of(register(globals, stopping));
  }

  private static ServerStop.Cancellation register(Class<?> globals, MethodHandle stopping)
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
            MethodHandles.dropArguments(stopping, 0, event),
            MethodHandles.empty(methodType(void.class, event)));
    Object service = globals.getMethod("get", Class.class).invoke(null, events);
    Object listener = MethodHandleProxies.asInterfaceInstance(type, heard);
    events.getMethod("register", type).invoke(service, listener);
    return () -> events.getMethod("unregister", type).invoke(service, listener);
  }
}
