package io.github.upgradehandler.sample.talk;

import io.github.upgradehandler.sample.Nodes;
import io.github.upgradehandler.socketio.Adapter;
import io.github.upgradehandler.socketio.Recovery;
import io.github.upgradehandler.socketio.SocketIo;
import io.github.upgradehandler.socketio.SocketIoConfig;
import io.github.upgradehandler.socketio.SocketIoServlet;
import java.time.Duration;

/**
 * Socket.IO: {@link Talk} says what is spoken in the main namespace. In the namespace {@code /echo}
 * the event {@code echo} is answered with its own arguments, and {@code bye} by disconnecting.
 */
public final class TalkServlet extends SocketIoServlet {

  private static final long serialVersionUID = 1L;

  private static final SocketIoConfig CONFIG =
      SocketIoConfig.builder()
          // A page notices within the two together that the server does not answer.
          .pingInterval(Duration.ofSeconds(3))
          .pingTimeout(Duration.ofSeconds(10))
          .recovery(Recovery.DEFAULTS)
          .build();

  @Override
  protected SocketIoConfig configure() {
    return CONFIG;
  }

  @Override
  protected Adapter.Factory adapters() {
    return Nodes.adapters();
  }

  @Override
  protected void start(SocketIo io) {
    Talk talk = new Talk(io);
    io.use(
        (socket, next) -> {
          talk.name(socket);
          next.proceed();
        });
    io.onConnection(talk::connected);
    io.of("/echo")
        .onConnection(
            socket -> {
              socket.on("echo", (args, ack) -> ack.send(args.toArray()));
              socket.on("bye", (args, ack) -> socket.disconnect());
            });
  }
}
