package com.example.chat;

import io.github.upgradehandler.socketio.SocketIo;
import io.github.upgradehandler.socketio.SocketIoServlet;
import jakarta.servlet.annotation.WebServlet;

@WebServlet(urlPatterns = "/socket.io/*", asyncSupported = true)
public class ChatServlet extends SocketIoServlet {

  @Override
  protected void start(SocketIo io) {
    io.of("/chat")
        .use(
            (socket, next) -> {
              if (socket.handshake().auth().path("token").asText().equals("secret")) {
                next.proceed();
              } else {
                next.refuse("not authorized");
              }
            })
        .onConnection(
            socket -> {
              socket.on("join", (args, ack) -> socket.join(args.text(0)));
              socket.on(
                  "message",
                  (args, ack) -> {
                    Line line = args.get(0, Line.class);
                    socket.to(line.room()).emit("message", line);
                    ack.send("sent");
                  });
            });
  }

  /** What a client sends, and others get. */
  public record Line(String room, String text) {}
}
