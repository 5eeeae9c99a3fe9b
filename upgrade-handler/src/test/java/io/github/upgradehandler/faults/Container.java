package io.github.upgradehandler.faults;

import io.github.upgradehandler.servlet.RawClient;
import io.github.upgradehandler.servlet.RunningServer;
import io.github.upgradehandler.servlet.ServletServer;
import io.github.upgradehandler.servlet.TomcatServer;
import io.github.upgradehandler.servlet.UndertowServer;
import io.github.upgradehandler.servlet.WebSocketServlet;
import java.io.IOException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** The containers that every fault is tried on, and those that are reached with TLS. */
enum Container {
  JETTY {
    @Override
    RunningServer start(WebSocketServlet servlet, Map<String, String> initParams) throws Exception {
      return new ServletServer(servlet, initParams);
    }
  },
  TOMCAT {
    @Override
    RunningServer start(WebSocketServlet servlet, Map<String, String> initParams) throws Exception {
      return new TomcatServer(servlet, "/socket", initParams);
    }
  },
  TOMCAT_NIO2 {
    @Override
    RunningServer start(WebSocketServlet servlet, Map<String, String> initParams) throws Exception {
      return new TomcatServer(servlet, "/socket", initParams, TomcatServer.Kind.NIO2);
    }
  },
  UNDERTOW {
    @Override
    RunningServer start(WebSocketServlet servlet, Map<String, String> initParams) throws Exception {
      return new UndertowServer(servlet, "/socket", initParams);
    }
  },
  /** With the option {@code undertowChannels}. */
  UNDERTOW_CHANNELS {
    @Override
    RunningServer start(WebSocketServlet servlet, Map<String, String> initParams) throws Exception {
      Map<String, String> options = new HashMap<>(initParams);
      options.put("undertowChannels", "true");
      return UNDERTOW.start(servlet, options);
    }
  },
  JETTY_TLS {
    @Override
    RunningServer start(WebSocketServlet servlet, Map<String, String> initParams) throws Exception {
      return ServletServer.secure(servlet, "/socket", initParams);
    }
  },
  TOMCAT_TLS {
    @Override
    RunningServer start(WebSocketServlet servlet, Map<String, String> initParams) throws Exception {
      return new TomcatServer(servlet, "/socket", initParams, TomcatServer.Kind.NIO_TLS);
    }
  },
  TOMCAT_NIO2_TLS {
    @Override
    RunningServer start(WebSocketServlet servlet, Map<String, String> initParams) throws Exception {
      return new TomcatServer(servlet, "/socket", initParams, TomcatServer.Kind.NIO2_TLS);
    }
  },
  UNDERTOW_TLS {
    @Override
    RunningServer start(WebSocketServlet servlet, Map<String, String> initParams) throws Exception {
      return UndertowServer.secure(servlet, "/socket", initParams);
    }
  };

  private static final Set<Container> SECURE = EnumSet.range(JETTY_TLS, UNDERTOW_TLS);

  /** Those without TLS that the tests run on: all, unless some are named. */
  static Stream<Container> chosen() {
    return named().filter(container -> !container.isSecure());
  }

  /** Those with TLS that the tests run on, for what TLS may change. */
  static Stream<Container> secure() {
    return named().filter(Container::isSecure);
  }

  private static Stream<Container> named() {
    String names = System.getProperty("faults.containers", "");
    return names.isEmpty()
        ? Stream.of(values())
        : Stream.of(names.split(",")).map(Container::valueOf);
  }

  /** Whether it is reached with TLS. */
  boolean isSecure() {
    return SECURE.contains(this);
  }

  /** Starts one with a WebSocket servlet at {@code /socket}. */
  abstract RunningServer start(WebSocketServlet servlet, Map<String, String> initParams)
      throws Exception;

  /** A client that has sent nothing yet. */
  RawClient connect(int port, int receiveBuffer) throws IOException {
    return isSecure() ? RawClient.secure(port, receiveBuffer) : new RawClient(port, receiveBuffer);
  }
}
