package io.github.upgradehandler.benchmarks.server;

import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.api.ServletContainerInitializerInfo;
import io.undertow.servlet.api.ServletInfo;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import io.undertow.websockets.WebSocketExtension;
import io.undertow.websockets.extensions.ExtensionHandshake;
import io.undertow.websockets.extensions.PerMessageDeflateHandshake;
import io.undertow.websockets.jsr.ExtensionImpl;
import io.undertow.websockets.jsr.WebSocketDeploymentInfo;
import jakarta.servlet.Servlet;
import jakarta.websocket.Extension;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.xnio.Options;

/** Embedded Undertow. */
final class UndertowMain {

  private static final String CHANNELS = "undertowChannels";

  private UndertowMain() {}

  public static void main(String[] arguments) throws Exception {
    Settings settings = Settings.of(arguments);
    DeploymentInfo deployment =
        Servlets.deployment()
            .setDeploymentName("benchmarks")
            .setContextPath("/")
            .setClassLoader(UndertowMain.class.getClassLoader());
    switch (settings.implementation()) {
      case UPGRADE_HANDLER, UPGRADE_HANDLER_CHANNELS -> {
        String channels =
            Boolean.toString(settings.implementation() == Implementation.UPGRADE_HANDLER_CHANNELS);
        addServlet(deployment, "/echo", OurServlet.echo(settings)).addInitParam(CHANNELS, channels);
        addServlet(deployment, "/broadcast", OurServlet.broadcast(settings))
            .addInitParam(CHANNELS, channels);
        addServlet(deployment, "/room", OurServlet.room(settings)).addInitParam(CHANNELS, channels);
        addServlet(deployment, "/timer", OurServlet.timer(settings))
            .addInitParam(CHANNELS, channels);
        addServlet(deployment, "/events", new OurEvents(settings));
      }
      case SOCKET_IO -> addServlet(deployment, "/socket.io/*", new OurSocketIo(settings));
      case SOCKET_IO_NATIVE -> throw settings.unknown();
      case NATIVE -> {
        JakartaEndpoints.prepare(settings, Sending.ASYNC);
        deployment.addServletContextAttribute(
            WebSocketDeploymentInfo.ATTRIBUTE_NAME, nativeEndpoints(settings));
        addServlet(deployment, "/events", new AsyncEvents(settings));
      }
      case TYRUS -> {
        JakartaEndpoints.prepare(settings, Sending.BASIC);
        deployment.addServletContainerInitializer(
            new ServletContainerInitializerInfo(
                org.glassfish.tyrus.servlet.TyrusServletContainerInitializer.class,
                JakartaEndpoints.scanned()));
      }
    }
    DeploymentManager manager = Servlets.defaultContainer().addDeployment(deployment);
    manager.deploy();
    Undertow.Builder builder = Undertow.builder().setHandler(manager.start());
    if (settings.tls()) {
      builder.addHttpsListener(0, "127.0.0.1", settings.sslContext());
    } else {
      builder.addHttpListener(0, "127.0.0.1");
    }
    if (settings.sendBufferBytes() > 0) {
      builder.setSocketOption(Options.SEND_BUFFER, settings.sendBufferBytes());
    }
    Undertow undertow = builder.build();
    undertow.start();
    InetSocketAddress address = (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
    Supervision.serve(
        address.getPort(),
        () -> {
          manager.stop();
          undertow.stop();
        });
  }

  private static WebSocketDeploymentInfo nativeEndpoints(Settings settings) {
    WebSocketDeploymentInfo deployment = new WebSocketDeploymentInfo();
    List<Extension> extensions = new ArrayList<>();
    if (settings.compression()) {
      ExtensionHandshake deflate = new PerMessageDeflateHandshake();
      deployment.addExtension(deflate);
      extensions.add(ExtensionImpl.create(new WebSocketExtension(deflate.getName())));
    }
    JakartaEndpoints.endpoints(extensions).forEach(deployment::addEndpoint);
    return deployment;
  }

  private static ServletInfo addServlet(DeploymentInfo deployment, String path, Servlet servlet) {
    ServletInfo added =
        Servlets.servlet(path, servlet.getClass(), new ImmediateInstanceFactory<>(servlet))
            .setAsyncSupported(true)
            .addMapping(path);
    deployment.addServlet(added);
    return added;
  }
}
