package io.github.upgradehandler.benchmarks.server;

import io.github.upgradehandler.redis.RedisRooms;
import io.github.upgradehandler.socketio.Adapter;
import io.github.upgradehandler.socketio.Recovery;
import io.github.upgradehandler.socketio.SocketIo;
import io.github.upgradehandler.socketio.SocketIoConfig;
import io.github.upgradehandler.socketio.SocketIoServlet;
import io.github.upgradehandler.socketio.redis.SocketIoRedis;
import java.time.Duration;

/** Acknowledgements and broadcasts. */
final class OurSocketIo extends SocketIoServlet {

  private static final long serialVersionUID = 1L;

  /** The load client answers no pings. */
  private static final Duration NEVER = Duration.ofMinutes(10);

  /** As many events as the original keeps in these measurements. */
  private static final Recovery KEPT = new Recovery(Duration.ofMinutes(2), true, 20_000, 10_000);

  private final transient Settings settings;

  OurSocketIo(Settings settings) {
    this.settings = settings;
  }

  @Override
  protected SocketIoConfig configure() {
    SocketIoConfig.Builder builder =
        SocketIoConfig.builder().pingInterval(NEVER).pingTimeout(NEVER);
    return (settings.logged() ? builder.recovery(KEPT) : builder).build();
  }

  @Override
  protected Adapter.Factory adapters() {
    return settings.isShared()
        ? SocketIoRedis.adapter(RedisRooms.connect(settings.redis()))
        : Adapter.Factory.local();
  }

  @Override
  protected void start(SocketIo io) {
    io.onConnection(
        socket -> {
          socket.on("echo", (args, ack) -> ack.send(args.text(0)));
          socket.on("join", (args, ack) -> socket.join(args.text(0)));
          socket.on("to", (args, ack) -> io.to(args.text(0)).emit("to", args.text(1)));
          socket.on("broadcast", (args, ack) -> io.emit("broadcast", args.text(0)));
        });
  }
}
