package io.github.upgradehandler.benchmarks.server;

import com.corundumstudio.socketio.Configuration;
import com.corundumstudio.socketio.SocketIOServer;

/** netty-socketio, which has a port of its own. */
final class NettySocketIoMain {

  /** The load client answers no pings. */
  private static final int NEVER_MILLIS = 600_000;

  private NettySocketIoMain() {}

  public static void main(String[] arguments) throws Exception {
    Settings settings = Settings.of(arguments);
    if (settings.implementation() != Implementation.SOCKET_IO_NATIVE) {
      throw settings.unknown();
    }
    Configuration configuration = new Configuration();
    configuration.setHostname("127.0.0.1");
    configuration.setPort(FreePort.find());
    configuration.setPingInterval(NEVER_MILLIS);
    configuration.setPingTimeout(NEVER_MILLIS);
    SocketIOServer server = new SocketIOServer(configuration);
    server.addEventListener("echo", String.class, (client, text, ack) -> ack.sendAckData(text));
    server.addEventListener(
        "broadcast",
        String.class,
        (client, text, ack) -> server.getBroadcastOperations().sendEvent("broadcast", text));
    server.start();
    Supervision.serve(configuration.getPort(), server::stop);
  }
}
