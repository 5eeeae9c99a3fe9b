package com.example.embedded;

import com.example.EchoHandler;
import io.github.upgradehandler.servlet.WebSocketServlet;
import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;

/** One servlet on an embedded Undertow. */
final class EmbeddedUndertow {

  private EmbeddedUndertow() {}

  static Undertow start(int port) throws Exception {
    DeploymentInfo application =
        Servlets.deployment()
            .setDeploymentName("chat")
            .setContextPath("/")
            .setClassLoader(EchoHandler.class.getClassLoader())
            .addServlet(
                Servlets.servlet("echo", WebSocketServlet.class)
                    .addInitParam("handler", "com.example.EchoHandler")
                    .setAsyncSupported(true)
                    .setLoadOnStartup(1)
                    .addMapping("/echo"));
    DeploymentManager deployment = Servlets.defaultContainer().addDeployment(application);
    deployment.deploy();
    Undertow server =
        Undertow.builder()
            .addHttpListener(port, "127.0.0.1")
            .setHandler(deployment.start())
            .build();
    server.start();
    return server;
  }
}
