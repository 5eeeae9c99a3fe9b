package com.example.orders;

import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.socketio.SocketIo;
import io.github.upgradehandler.socketio.SocketIoConfig;
import io.github.upgradehandler.socketio.SocketIoServlet;
import jakarta.servlet.annotation.WebServlet;
import java.time.Duration;
import java.util.List;

@WebServlet(urlPatterns = "/socket.io/*", asyncSupported = true)
public class OrdersServlet extends SocketIoServlet {

  @Override
  protected SocketIoConfig configure() {
    return SocketIoConfig.builder()
        .allowEio3(true)
        .pingTimeout(Duration.ofSeconds(60))
        .maxHttpBufferSize(64 * 1024)
        .webSocket(WebSocketConfig.builder().allowedOrigins(List.of("https://app.example")).build())
        .build();
  }

  @Override
  protected void start(SocketIo io) {
    io.of("/orders")
        .use(
            (socket, next) -> {
              if (socket.handshake().request().parameter("token").isPresent()) {
                next.proceed();
              } else {
                next.refuse("no token");
              }
            })
        .onConnection(
            socket -> {
              socket.join("watchers");
              socket.on(
                  "order",
                  (args, ack) -> {
                    socket.to("watchers").emit("ordered", args.get(0, Order.class));
                    ack.send();
                  });
              socket.onDisconnect(
                  reason -> io.of("/orders").to("watchers").emit("left", socket.id()));
            });
  }

  /** What a client orders. */
  public record Order(String item, int count) {}
}
