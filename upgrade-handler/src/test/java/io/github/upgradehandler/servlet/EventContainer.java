package io.github.upgradehandler.servlet;

import java.util.Map;

/** The containers that event streams are tried on. */
enum EventContainer {
  JETTY {
    @Override
    RunningServer start(EventStreamServlet servlet, Map<String, String> initParams)
        throws Exception {
      return new ServletServer(servlet, PATH, initParams);
    }
  },
  TOMCAT {
    @Override
    RunningServer start(EventStreamServlet servlet, Map<String, String> initParams)
        throws Exception {
      return new TomcatServer(servlet, PATH, initParams);
    }
  },
  TOMCAT_NIO2 {
    @Override
    RunningServer start(EventStreamServlet servlet, Map<String, String> initParams)
        throws Exception {
      return new TomcatServer(servlet, PATH, initParams, TomcatServer.Kind.NIO2);
    }
  },
  UNDERTOW {
    @Override
    RunningServer start(EventStreamServlet servlet, Map<String, String> initParams)
        throws Exception {
      return new UndertowServer(servlet, PATH, initParams);
    }
  };

  /** Where the stream is. */
  static final String PATH = "/events";

  abstract RunningServer start(EventStreamServlet servlet, Map<String, String> initParams)
      throws Exception;
}
