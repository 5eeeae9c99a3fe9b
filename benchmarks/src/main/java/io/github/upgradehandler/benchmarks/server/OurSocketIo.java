package io.github.upgradehandler.benchmarks.server;

import io.github.upgradehandler.socketio.SocketIo;
import io.github.upgradehandler.socketio.SocketIoConfig;
import io.github.upgradehandler.socketio.SocketIoServlet;
import java.time.Duration;

/** Acknowledgements and broadcasts. */
final class OurSocketIo extends SocketIoServlet {

  private static final long serialVersionUID = 1L;

  /** The load client answers no pings. */
  private static final Duration NEVER = Duration.ofMinutes(10);

  @Override
  protected SocketIoConfig configure() {
    return SocketIoConfig.builder().pingInterval(NEVER).pingTimeout(NEVER).build();
  }

  @Override
  protected void start(SocketIo io) {
    io.onConnection(
        socket -> {
          socket.on("echo", (args, ack) -> ack.send(args.text(0)));
          socket.on("broadcast", (args, ack) -> io.emit("broadcast", args.text(0)));
        });
  }
}
