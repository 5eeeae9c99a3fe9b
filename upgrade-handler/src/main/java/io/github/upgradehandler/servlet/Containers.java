package io.github.upgradehandler.servlet;

import io.github.upgradehandler.servlet.container.ContainerAdapter;
import io.github.upgradehandler.servlet.container.ContainerOptions;
import io.github.upgradehandler.servlet.container.ContainerOutput;
import io.github.upgradehandler.servlet.container.ContainerStreams;
import io.github.upgradehandler.servlet.container.DefaultAdapter;
import io.github.upgradehandler.servlet.container.Handover;
import io.github.upgradehandler.servlet.container.Innermost;
import io.github.upgradehandler.servlet.container.ServerStop;
import io.github.upgradehandler.servlet.container.ServletEventOutput;
import io.github.upgradehandler.servlet.container.SessionTouch;
import io.github.upgradehandler.servlet.glassfish.GlassFishAdapter;
import io.github.upgradehandler.servlet.jetty.JettyAdapter;
import io.github.upgradehandler.servlet.liberty.LibertyAdapter;
import io.github.upgradehandler.servlet.tomcat.TomcatAdapter;
import io.github.upgradehandler.servlet.undertow.UndertowAdapter;
import io.github.upgradehandler.spi.TransportListener;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The containers that are known: the one list of their adapters, and what is asked of them. */
final class Containers {

  /** Asked in this order; the last one answers for whatever container it is. */
  private static final List<ContainerAdapter> ADAPTERS =
      List.of(
          new JettyAdapter(),
          new TomcatAdapter(),
          new UndertowAdapter(),
          new LibertyAdapter(),
          new GlassFishAdapter(),
          new DefaultAdapter());

  private Containers() {}

  /** What an adapter is asked. */
  private interface Question<T, E extends Exception> {
    Optional<T> to(ContainerAdapter adapter) throws E;
  }

  private static <T, E extends Exception> Optional<T> first(Question<T, E> question) throws E {
    for (ContainerAdapter adapter : ADAPTERS) {
      Optional<T> answer = question.to(adapter);
      if (answer.isPresent()) {
        return answer;
      }
    }
    return Optional.empty();
  }

  /** The names of all containers' options. */
  static Set<String> optionNames() {
    Set<String> names = new TreeSet<>();
    ADAPTERS.forEach(adapter -> names.addAll(adapter.options()));
    return names;
  }

  /** Whether an init-param is an option of one of the containers. */
  static boolean hasOption(String name) {
    return optionNames().contains(name);
  }

  /**
   * The options of containers by their names.
   *
   * @throws IllegalArgumentException if one is unknown or malformed; names it
   */
  static ContainerOptions options(Map<String, String> values) {
    ContainerOptions options = ContainerOptions.NONE;
    for (Map.Entry<String, String> option : values.entrySet()) {
      if (!hasOption(option.getKey())) {
        throw new IllegalArgumentException("no container has the option '" + option.getKey() + "'");
      }
      options = options.with(option.getKey(), option.getValue());
    }
    return options;
  }

  /** See {@link ContainerAdapter#startupFinding}. */
  static Optional<String> startupFinding(String server, ServletContext context) {
    return first(adapter -> adapter.startupFinding(server, context));
  }

  /** See {@link ServerStop#listen}. */
  static ServerStop onServerStop(ServletContext context, Runnable stopping) {
    return ServerStop.listen(ADAPTERS, context, stopping);
  }

  /** The handover of a handshake; filters may have put something around the two. */
  static Handover handover(HttpServletRequest request, HttpServletResponse response) {
    if (Innermost.of(request) instanceof HttpServletRequest own
        && Innermost.of(response) instanceof HttpServletResponse answer) {
      return first(adapter -> adapter.handover(own, answer)).orElseThrow();
    }
    return new Handover(request, response);
  }

  /** See {@link ContainerAdapter#streams}. */
  static ContainerStreams streams(
      WebConnection container, TransportListener listener, ContainerOptions options)
      throws IOException {
    return Containers.<ContainerStreams, IOException>first(
            adapter -> adapter.streams(container, listener, options))
        .orElseThrow();
  }

  /** See {@link ContainerAdapter#eventOutput}. */
  static ServletEventOutput eventOutput(AsyncContext async, ContainerOutput body) {
    return first(adapter -> adapter.eventOutput(async, body)).orElseThrow();
  }

  /** See {@link ContainerAdapter#sessionTouch}. */
  static SessionTouch sessionTouch(HttpSession session) {
    return first(adapter -> adapter.sessionTouch(session)).orElseThrow();
  }
}
