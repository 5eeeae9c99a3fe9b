package io.github.upgradehandler.servlet;

import io.github.upgradehandler.EventStreamConfig;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.internal.connection.ConnectionGroup;
import io.github.upgradehandler.internal.log.EndpointLog;
import io.github.upgradehandler.internal.sse.EventStreams;
import io.github.upgradehandler.internal.work.RecordMethods;
import io.github.upgradehandler.internal.work.SweepTimer;
import io.github.upgradehandler.servlet.container.ServerStop;
import io.github.upgradehandler.spi.Drainable;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.List;

/** What the servlets of one web application share, from the first to the last of them. */
final class Deployment {

  private static final String ATTRIBUTE = Deployment.class.getName();

  private final SweepTimer timer = new SweepTimer();
  private final List<Drainable> inService = new ArrayList<>();

  private final Runnable onServerStop; // kept alive here
  private final ServerStop serverStop;

  private Deployment(ServletContext context) {
    onServerStop = () -> drainAll(context);
    serverStop = Containers.onServerStop(context, onServerStop);
  }

  /** A group for a servlet that goes into service. */
  static ConnectionGroup open(ServletContext context, WebSocketConfig config, EndpointLog log) {
    synchronized (Deployment.class) {
      Deployment deployment = of(context);
      ConnectionGroup group =
          new ConnectionGroup(config, deployment.timer, classLoader(context), log);
      deployment.inService.add(group);
      return group;
    }
  }

  /** The event streams of a servlet that goes into service. */
  static EventStreams open(ServletContext context, EventStreamConfig config, EndpointLog log) {
    synchronized (Deployment.class) {
      Deployment deployment = of(context);
      EventStreams opened = new EventStreams(config, deployment.timer, log);
      deployment.inService.add(opened);
      return opened;
    }
  }

  private static Deployment of(ServletContext context) {
    Deployment deployment = (Deployment) context.getAttribute(ATTRIBUTE);
    if (deployment == null) {
      deployment = new Deployment(context);
      context.setAttribute(ATTRIBUTE, deployment);
    }
    return deployment;
  }

  /** The web application's class loader; an embedded server's context may have none of its own. */
  static ClassLoader classLoader(ServletContext context) {
    ClassLoader own = context.getClassLoader();
    if (own != null) {
      return own;
    }
    ClassLoader deploying = Thread.currentThread().getContextClassLoader();
    return deploying != null ? deploying : Deployment.class.getClassLoader();
  }

  /**
   * Drains what a servlet that goes out of service has. Containers take out one servlet after the
   * other: everything starts ending with the first, so that the waiting does not add up. Does
   * nothing the second time.
   */
  static void drain(ServletContext context, Drainable drained) {
    Deployment deployment;
    List<Drainable> all;
    synchronized (Deployment.class) {
      deployment = (Deployment) context.getAttribute(ATTRIBUTE);
      if (deployment == null || !deployment.inService.contains(drained)) {
        return;
      }
      all = List.copyOf(deployment.inService);
    }
    all.forEach(Drainable::startDraining);
    drained.drain();
    synchronized (Deployment.class) {
      deployment.closeIfEmpty(context, deployment.inService.remove(drained));
    }
  }

  /** Drains everything, so that the servlets have nothing left to drain. */
  private static void drainAll(ServletContext context) {
    List<Drainable> all;
    synchronized (Deployment.class) {
      Deployment deployment = (Deployment) context.getAttribute(ATTRIBUTE);
      if (deployment == null) {
        return;
      }
      all = List.copyOf(deployment.inService);
    }
    all.forEach(drained -> drain(context, drained));
  }

  /**
   * Once, also if the server's stop and the servlet's end drain at the same time.
   *
   * @param removed whether the caller was the one who removed what it drained
   */
  private void closeIfEmpty(ServletContext context, boolean removed) {
    if (removed && inService.isEmpty()) {
      context.removeAttribute(ATTRIBUTE);
      serverStop.cancel();
      timer.close();
      RecordMethods.forgetLast();
    }
  }
}
