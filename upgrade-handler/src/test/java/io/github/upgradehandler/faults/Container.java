package io.github.upgradehandler.faults;

import io.github.upgradehandler.servlet.RunningServer;
import io.github.upgradehandler.servlet.ServletServer;
import io.github.upgradehandler.servlet.TomcatServer;
import io.github.upgradehandler.servlet.UndertowServer;
import io.github.upgradehandler.servlet.WebSocketServlet;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;

/** The containers that every fault is tried on. */
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
  };

  /** Those that the tests run on: all, unless some are named. */
  static Stream<Container> chosen() {
    String names = System.getProperty("faults.containers", "");
    return names.isEmpty()
        ? Stream.of(values())
        : Stream.of(names.split(",")).map(Container::valueOf);
  }

  /** Starts one with a WebSocket servlet at {@code /socket}. */
  abstract RunningServer start(WebSocketServlet servlet, Map<String, String> initParams)
      throws Exception;
}
