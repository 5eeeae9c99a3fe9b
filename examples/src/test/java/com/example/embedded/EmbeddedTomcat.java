package com.example.embedded;

import com.example.EchoHandler;
import io.github.upgradehandler.servlet.WebSocketServlet;
import org.apache.catalina.Context;
import org.apache.catalina.Wrapper;
import org.apache.catalina.startup.Tomcat;

/** One servlet on an embedded Tomcat. */
final class EmbeddedTomcat {

  private EmbeddedTomcat() {}

  static Tomcat start(int port, String directory) throws Exception {
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(directory);
    tomcat.setPort(port);
    tomcat.getConnector();
    Context context = tomcat.addContext("", null);
    Wrapper echo =
        Tomcat.addServlet(context, "echo", new WebSocketServlet(handshake -> new EchoHandler()));
    echo.setAsyncSupported(true);
    echo.setLoadOnStartup(1);
    echo.addMapping("/echo");
    tomcat.start();
    return tomcat;
  }
}
