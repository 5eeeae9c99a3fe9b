package com.example.cluster;

import io.github.upgradehandler.redis.RedisRooms;
import io.github.upgradehandler.socketio.Adapter;
import io.github.upgradehandler.socketio.SocketIo;
import io.github.upgradehandler.socketio.SocketIoServlet;
import io.github.upgradehandler.socketio.redis.SocketIoRedis;
import jakarta.servlet.annotation.WebServlet;

@WebServlet(urlPatterns = "/socket.io/*", asyncSupported = true)
public class ClusterServlet extends SocketIoServlet {

  private transient RedisRooms redis;

  @Override
  protected Adapter.Factory adapters() {
    redis = RedisRooms.connect("redis://127.0.0.1:6379");
    return SocketIoRedis.adapter(redis);
  }

  @Override
  protected void start(SocketIo io) {
    io.onConnection(socket -> socket.on("line", (args, ack) -> io.emit("line", args.toArray())));
  }

  @Override
  public void destroy() {
    super.destroy();
    redis.close();
  }
}
