package io.github.upgradehandler.servlet;

import io.github.upgradehandler.EventStreamConfig;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.connection.Deadlines;
import io.github.upgradehandler.connection.Endpoint;
import io.github.upgradehandler.sse.EventStreams;
import jakarta.servlet.ServletContext;
import java.util.ArrayList;
import java.util.List;

/** What the servlets of one web application share, from the first to the last of them. */
final class Deployment {

  private static final String ATTRIBUTE = Deployment.class.getName();

  private final Deadlines deadlines = new Deadlines();
  private final List<Endpoint> endpoints = new ArrayList<>();
  private final List<EventStreams> streams = new ArrayList<>();

  private final Runnable onServerStop; // kept alive here
  private final ServerStop serverStop;

  private Deployment(ServletContext context) {
    onServerStop = () -> drainAll(context);
    serverStop = ServerStop.listen(context, onServerStop);
  }

  /** An endpoint for a servlet that goes into service. */
  static Endpoint open(ServletContext context, WebSocketConfig config) {
    synchronized (Deployment.class) {
      Deployment deployment = of(context);
      Endpoint endpoint = new Endpoint(config, deployment.deadlines, classLoader(context));
      deployment.endpoints.add(endpoint);
      return endpoint;
    }
  }

  /** The event streams of a servlet that goes into service. */
  static EventStreams open(ServletContext context, EventStreamConfig config) {
    synchronized (Deployment.class) {
      Deployment deployment = of(context);
      EventStreams opened = new EventStreams(config, deployment.deadlines);
      deployment.streams.add(opened);
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
   * Drains the endpoint of a servlet that goes out of service. Containers take out one servlet
   * after the other: the connections of all start closing with the first, so that the waiting does
   * not add up. Does nothing the second time.
   */
  static void drain(ServletContext context, Endpoint endpoint) {
    Deployment deployment;
    synchronized (Deployment.class) {
      deployment = (Deployment) context.getAttribute(ATTRIBUTE);
      if (deployment == null || !deployment.endpoints.contains(endpoint)) {
        return;
      }
      deployment.endpoints.forEach(Endpoint::closeAll);
    }
    endpoint.drain();
    synchronized (Deployment.class) {
      deployment.closeIfEmpty(context, deployment.endpoints.remove(endpoint));
    }
  }

  /** Drains the event streams of a servlet that goes out of service; nothing the second time. */
  static void drain(ServletContext context, EventStreams drained) {
    Deployment deployment;
    synchronized (Deployment.class) {
      deployment = (Deployment) context.getAttribute(ATTRIBUTE);
      if (deployment == null || !deployment.streams.contains(drained)) {
        return;
      }
    }
    drained.drain();
    synchronized (Deployment.class) {
      deployment.closeIfEmpty(context, deployment.streams.remove(drained));
    }
  }

  /** Drains everything, so that the servlets have nothing left to drain. */
  private static void drainAll(ServletContext context) {
    List<Endpoint> endpoints;
    List<EventStreams> streams;
    synchronized (Deployment.class) {
      Deployment deployment = (Deployment) context.getAttribute(ATTRIBUTE);
      if (deployment == null) {
        return;
      }
      endpoints = List.copyOf(deployment.endpoints);
      streams = List.copyOf(deployment.streams);
    }
    endpoints.forEach(endpoint -> drain(context, endpoint));
    streams.forEach(opened -> drain(context, opened));
  }

  /**
   * Once, also if the server's stop and the servlet's end drain at the same time.
   *
   * @param removed whether the caller was the one who removed what it drained
   */
  private void closeIfEmpty(ServletContext context, boolean removed) {
    if (removed && endpoints.isEmpty() && streams.isEmpty()) {
      context.removeAttribute(ATTRIBUTE);
      serverStop.cancel();
      deadlines.close();
    }
  }
}
