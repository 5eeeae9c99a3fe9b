package io.github.upgradehandler.servlet.liberty;

import io.github.upgradehandler.servlet.container.ContainerInternals;
import io.github.upgradehandler.servlet.container.ServerStop;
import jakarta.servlet.ServletContext;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandleProxies;
import java.util.Dictionary;
import java.util.Optional;

/**
 * The stop of Open Liberty (seen on 26.0.0.3): every {@code ServerQuiesceListener} among the OSGi
 * services is called while the ports are closed, and waited for, at most 30 s, before applications
 * are stopped.
 */
final class LibertyStop {

  private static final String LISTENER = "com.ibm.wsspi.kernel.service.utils.ServerQuiesceListener";

  private LibertyStop() {}

  static Optional<ServerStop.Cancellation> listen(ServletContext context, MethodHandle stopping)
      throws ReflectiveOperationException {
    // The context's own class may be of a module that does not see what the class above it sees.
    for (Class<?> type = context.getClass(); type != null; type = type.getSuperclass()) {
      ClassLoader loader = type.getClassLoader();
      Class<?> listener = ContainerInternals.find(LISTENER, loader);
      if (listener != null) {
        return Optional.of(register(listener, loader, stopping));
      }
    }
    return Optional.empty();
  }

  private static ServerStop.Cancellation register(
      Class<?> type, ClassLoader loader, MethodHandle stopping)
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
                MethodHandleProxies.asInterfaceInstance(type, stopping),
                null);
    return () -> registered.getMethod("unregister").invoke(registration);
  }
}
