package io.github.upgradehandler.servlet.container;

import static io.github.upgradehandler.internal.log.Log.LOG;
import static java.lang.invoke.MethodType.methodType;

import jakarta.servlet.ServletContext;
import java.lang.System.Logger.Level;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.ref.Reference;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Hears that the server stops while its connections still work. The servlet API has nothing for it,
 * and some containers end the connections first and take the servlets out of service afterwards,
 * when no Close frame can be sent any more; their adapters know what to listen to. Elsewhere the
 * servlets' {@code destroy} comes in time, and there is nothing to listen to.
 */
public final class ServerStop {

  private static final MethodHandles.Lookup LOOKUP = MethodHandles.publicLookup();

  /** Ends listening. */
  @FunctionalInterface
  public interface Cancellation {

    /** Removes the listener. */
    void run() throws ReflectiveOperationException;
  }

  private final Cancellation cancellation;

  private ServerStop(Cancellation cancellation) {
    this.cancellation = cancellation;
  }

  /**
   * Listens until {@link #cancel}.
   *
   * @param adapters asked in this order for a server that they know
   * @param stopping runs on a thread of the server, which waits for it; the caller keeps it, the
   *     server refers to it weakly
   */
  public static ServerStop listen(
      List<ContainerAdapter> adapters, ServletContext context, Runnable stopping) {
    try {
      MethodHandle weak = whenAlive(new WeakReference<>(stopping));
      for (ContainerAdapter adapter : adapters) {
        Optional<Cancellation> listening = adapter.onServerStop(context, weak);
        if (listening.isPresent()) {
          return new ServerStop(listening.get());
        }
      }
    } catch (ReflectiveOperationException | RuntimeException e) {
      LOG.log(
          Level.WARNING,
          "this server does not say when it stops: peers may then see no Close frame",
          e);
    }
    return new ServerStop(() -> {});
  }

  /** Ends listening. */
  public void cancel() {
    try {
      cancellation.run();
    } catch (ReflectiveOperationException e) {
      LOG.log(Level.DEBUG, "no longer listening to the server", e);
    }
  }

  /**
   * Runs what is referred to, if it is still there. Made of the JDK's classes alone, so that a
   * server that never removes a listener keeps nothing of the web application.
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
}
