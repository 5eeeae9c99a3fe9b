package io.github.upgradehandler.socketio.suites;

import io.github.upgradehandler.socketio.Socket;
import io.github.upgradehandler.socketio.SocketIo;
import io.github.upgradehandler.socketio.SocketIoConfig;
import io.github.upgradehandler.socketio.SocketIoServlet;

/** The application that the test suite of the protocol Socket.IO expects. */
public final class SocketSuiteServlet extends SocketIoServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected SocketIoConfig configure() {
    return EngineSuiteServer.options().build();
  }

  @Override
  protected void start(SocketIo io) {
    io.onConnection(
        socket -> {
          auth(socket);
          socket.on("message", (args, ack) -> socket.emit("message-back", args.toArray()));
          socket.on("message-with-ack", (args, ack) -> ack.send(args.toArray()));
        });
    io.of("/custom").onConnection(SocketSuiteServlet::auth);
  }

  private static void auth(Socket socket) {
    socket.emit("auth", socket.handshake().auth());
  }
}
