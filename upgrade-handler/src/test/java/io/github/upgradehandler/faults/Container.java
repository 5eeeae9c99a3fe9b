package io.github.upgradehandler.faults;

import io.github.upgradehandler.servlet.WebSocketServlet;
import java.util.Map;

/** The containers that every fault is tried on. */
enum Container {
  JETTY {
    @Override
    RunningServer start(WebSocketServlet servlet, Map<String, String> initParams) throws Exception {
      return new JettyServer(servlet, initParams);
    }
  },
  TOMCAT {
    @Override
    RunningServer start(WebSocketServlet servlet, Map<String, String> initParams) throws Exception {
      return new TomcatServer(servlet, initParams);
    }
  },
  UNDERTOW {
    @Override
    RunningServer start(WebSocketServlet servlet, Map<String, String> initParams) throws Exception {
      return new UndertowServer(servlet, initParams);
    }
  };

  /** Starts one with a WebSocket servlet at {@code /socket}. */
  abstract RunningServer start(WebSocketServlet servlet, Map<String, String> initParams)
      throws Exception;
}
