package io.github.upgradehandler.socketio.suites;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.upgradehandler.Admission;
import io.github.upgradehandler.Guard;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.socketio.Args;
import io.github.upgradehandler.socketio.Recovery;
import io.github.upgradehandler.socketio.Socket;
import io.github.upgradehandler.socketio.SocketIo;
import io.github.upgradehandler.socketio.SocketIoConfig;
import io.github.upgradehandler.socketio.SocketIoServlet;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Predicate;

/** The application that the tests of socket.io-client expect. */
final class SocketClientServlet extends SocketIoServlet {

  private static final long serialVersionUID = 1L;

  private static final byte[] BYTES = "asdfasdf".getBytes(UTF_8);

  private static final List<String> TEXTS =
      List.of("てすと", "Я Б Г Д Ж Й", "Ä ä Ü ü ß", "utf8 — string", "utf8 — string");

  @Override
  protected SocketIoConfig configure() {
    // The tests want a server that takes a moment, so that a client's time-out can come first.
    Guard slow =
        handshake -> {
          LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
          return Admission.UNCONDITIONAL;
        };
    return SocketIoConfig.builder()
        .pingInterval(Duration.ofSeconds(2))
        .recovery(Recovery.DEFAULTS)
        .webSocket(WebSocketConfig.builder().guards(slow).build())
        .build();
  }

  @Override
  protected void start(SocketIo io) {
    io.of("/foo").onConnection(SocketClientServlet::answerId);
    List.of("/timeout_socket", "/valid", "/asd").forEach(io::of);
    io.of("/abc").onConnection(socket -> socket.emit("handshake", handshake(socket)));
    io.of("/no").use((socket, next) -> next.refuse("Auth failed (custom namespace)"));
    io.use(
            (socket, next) -> {
              if (socket.handshake().request().parameter("fail").isPresent()) {
                next.refuse("Auth failed (main namespace)");
              } else {
                next.proceed();
              }
            })
        .onConnection(SocketClientServlet::main);
  }

  private static void main(Socket socket) {
    answerId(socket);
    acknowledgements(socket);
    values(socket);
    bytes(socket);
  }

  private static void answerId(Socket socket) {
    socket.on("getId", (args, ack) -> ack.send(socket.id()));
  }

  private static void acknowledgements(Socket socket) {
    socket.on("echo", (args, ack) -> ack.send(args.json(0)));
    socket.on("ack", (args, ack) -> ask(socket));
    socket.on("getAckDate", (args, ack) -> ack.send(now()));
    socket.on("getHandshake", (args, ack) -> ack.send(handshake(socket)));
  }

  private static void ask(Socket socket) {
    CompletableFuture<Void> unused =
        socket
            .emitWithAck("ack")
            .thenAccept(
                answer -> {
                  if (answer.json(0).asInt() == 5 && answer.json(1).path("test").asBoolean()) {
                    socket.emit("got it");
                  }
                });
  }

  private static void values(Socket socket) {
    socket.on("hi", (args, ack) -> socket.emit("hi"));
    socket.on("false", (args, ack) -> socket.emit("false", false));
    socket.on("getDate", (args, ack) -> socket.emit("takeDate", now()));
    socket.on("getDateObj", (args, ack) -> socket.emit("takeDateObj", Map.of("date", now())));
    socket.on("getUtf8", (args, ack) -> TEXTS.forEach(text -> socket.emit("takeUtf8", text)));
  }

  private static void bytes(Socket socket) {
    socket.on("doge", (args, ack) -> socket.emit("doge", BYTES));
    socket.on("getbin", (args, ack) -> socket.emit("takebin", BYTES));
    confirm(socket, "buffa", "buffack", args -> args.json(0).isBinary());
    confirm(socket, "jsonbuff", "jsonbuff-ack", SocketClientServlet::isMixed);
    confirm(socket, "blob", "back", args -> args.json(0).isBinary());
    confirm(socket, "jsonblob", "jsonblob-ack", SocketClientServlet::isMixed);
    inOrder(socket, List.of("abuff1", "abuff2"), "abuff2-ack");
    inOrder(socket, List.of("blob1", "blob2", "blob3"), "blob3-ack");
  }

  private static void confirm(
      Socket socket, String event, String confirmation, Predicate<Args> right) {
    socket.on(
        event,
        (args, ack) -> {
          if (right.test(args)) {
            socket.emit(confirmation);
          }
        });
  }

  private static boolean isMixed(Args args) {
    JsonNode value = args.json(0);
    return value.path("hello").asText().equals("lol")
        && value.path("message").isBinary()
        && value.path("goodbye").asText().equals("gotcha");
  }

  /** Confirms the last of some events if the others came before it. */
  private static void inOrder(Socket socket, List<String> events, String confirmation) {
    for (int i = 0; i < events.size(); i++) {
      int before = i;
      boolean last = i == events.size() - 1;
      socket.on(
          events.get(i),
          (args, ack) -> {
            Object seen = socket.data().getOrDefault(confirmation, 0);
            if (seen.equals(before)) {
              socket.data().put(confirmation, before + 1);
              if (last) {
                socket.emit(confirmation);
              }
            }
          });
    }
  }

  private static Map<String, Object> handshake(Socket socket) {
    Handshake request = socket.handshake().request();
    Map<String, String> query = new HashMap<>();
    request.parameters().forEach((name, values) -> query.put(name, values.get(0)));
    Instant issued = socket.handshake().issued();
    return Map.of(
        "time", issued.toString(),
        "issued", issued.toEpochMilli(),
        "address", request.remoteAddress().getHostString(),
        "secure", request.isSecure(),
        "url", request.path() + request.query().map(text -> "?" + text).orElse(""),
        "query", query,
        "auth", socket.handshake().auth());
  }

  private static String now() {
    return Instant.now().truncatedTo(ChronoUnit.MILLIS).toString();
  }
}
