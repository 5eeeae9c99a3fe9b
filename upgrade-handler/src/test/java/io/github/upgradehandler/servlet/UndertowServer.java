package io.github.upgradehandler.servlet;

import io.undertow.Undertow;
import io.undertow.servlet.Servlets;
import io.undertow.servlet.api.DeploymentManager;
import io.undertow.servlet.util.ImmediateInstanceFactory;
import jakarta.servlet.ServletException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.xnio.Options;

/** An embedded Undertow with one WebSocket servlet at {@code /socket}. */
final class UndertowServer implements AutoCloseable {

  /** What our connections use. */
  enum Way {
    /** The socket's own channels. */
    CHANNELS,
    /** Undertow's streams, because there is something between the channels and the socket. */
    STREAMS
  }

  private static final int READ_TIMEOUT_MILLIS = 60_000;

  /** So little that writing is blocked again and again. */
  private static final int SEND_BUFFER = 16 << 10;

  private final WatchedBufferPool pool = new WatchedBufferPool();
  private final DeploymentManager deployment;
  private final Undertow server;

  UndertowServer(Way way, WebSocketServlet servlet, Map<String, String> initParams)
      throws ServletException {
    var info =
        Servlets.servlet("socket", WebSocketServlet.class, new ImmediateInstanceFactory<>(servlet))
            .addMapping("/socket")
            .setAsyncSupported(true)
            .setLoadOnStartup(1);
    initParams.forEach(info::addInitParam);
    deployment =
        Servlets.newContainer()
            .addDeployment(
                Servlets.deployment()
                    .setDeploymentName("test")
                    .setContextPath("/")
                    .setClassLoader(UndertowServer.class.getClassLoader())
                    .addServlet(info));
    deployment.deploy();
    server =
        Undertow.builder()
            .addHttpListener(0, InetAddress.getLoopbackAddress().getHostAddress())
            .setIoThreads(2)
            .setByteBufferPool(pool)
            .setSocketOption(Options.SEND_BUFFER, SEND_BUFFER)
            .setSocketOption(Options.READ_TIMEOUT, way == Way.STREAMS ? READ_TIMEOUT_MILLIS : 0)
            .setHandler(deployment.start())
            .build();
    server.start();
  }

  int port() {
    return ((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort();
  }

  WatchedBufferPool pool() {
    return pool;
  }

  @Override
  public void close() throws ServletException {
    deployment.stop();
    deployment.undeploy();
    server.stop();
  }
}
