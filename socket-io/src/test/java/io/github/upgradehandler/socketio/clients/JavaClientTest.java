package io.github.upgradehandler.socketio.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.socketio.SocketIoConfig;
import io.github.upgradehandler.socketio.testing.TestApplication;
import io.socket.client.Ack;
import io.socket.client.IO;
import io.socket.client.Manager;
import io.socket.client.Socket;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.json.JSONObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Java's own client, unchanged. */
class JavaClientTest {

  private static final int SECONDS = 10;

  private final BlockingQueue<List<Object>> received = new LinkedBlockingQueue<>();
  private final OkHttpClient http = new OkHttpClient();
  private TestApplication application;
  private Socket socket;

  /** How it is connected. */
  enum Way {
    POLLING("polling"),
    WEBSOCKET("websocket"),
    CHANGING("polling", "websocket");

    private final String[] transports;

    Way(String... transports) {
      this.transports = transports;
    }
  }

  @BeforeEach
  void start() throws Exception {
    application =
        new TestApplication(
            SocketIoConfig.defaults(),
            io -> {
              io.onConnection(
                  connected -> {
                    connected.emit("welcome", connected.handshake().auth());
                    connected.on("echo", (args, ack) -> ack.send(args.toArray()));
                    connected.on("back", (args, ack) -> connected.emit("back", args.toArray()));
                    connected.on("ask", (args, ack) -> ask(connected));
                    connected.on("end", (args, ack) -> connected.disconnectClient());
                  });
              io.of("/no").use((asked, next) -> next.refuse("not you", List.of(1)));
            });
  }

  private static void ask(io.github.upgradehandler.socketio.Socket connected) {
    CompletableFuture<Void> unused =
        connected
            .emitWithAck("question", 1)
            .thenAccept(answer -> connected.emit("answered", answer.toArray()));
  }

  @AfterEach
  void stop() throws Exception {
    if (socket != null) {
      socket.close();
    }
    application.close();
  }

  private Socket connect(Way way, String namespace) {
    IO.Options options =
        IO.Options.builder()
            .setForceNew(true)
            .setTransports(way.transports)
            .setReconnectionDelay(10)
            .build();
    options.callFactory = http;
    options.webSocketFactory = http;
    socket = IO.socket(URI.create("http://127.0.0.1:" + application.port() + namespace), options);
    return socket;
  }

  private void receive(String event) {
    socket.on(event, args -> received.add(Arrays.asList(args)));
  }

  private List<Object> next() throws InterruptedException {
    List<Object> args = received.poll(SECONDS, TimeUnit.SECONDS);
    assertThat(args).as("nothing was received").isNotNull();
    return args;
  }

  private Object[] ask(Object... args) throws Exception {
    CompletableFuture<Object[]> answer = new CompletableFuture<>();
    socket.emit("echo", args, (Ack) answer::complete);
    return answer.get(SECONDS, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @EnumSource
  void eventsAndAcknowledgementsBothWays(Way way) throws Exception {
    connect(way, "/");
    receive("back");
    receive("answered");
    socket.on("question", args -> ((Ack) args[1]).call((int) args[0] + 1));
    socket.connect();
    socket.emit("back", 1, "€😀", new JSONObject().put("a", true));
    List<Object> back = next();
    assertThat(back.subList(0, 2)).containsExactly(1, "€😀");
    assertThat(back.get(2)).hasToString("{\"a\":true}");
    socket.emit("ask");
    assertThat(next()).containsExactly(2);
    assertThat(ask("x", 2)).containsExactly("x", 2);
  }

  @ParameterizedTest
  @EnumSource
  void bytesBothWays(Way way) throws Exception {
    connect(way, "/");
    receive("back");
    socket.connect();
    byte[] bytes = {0, -1, 127};
    socket.emit("back", bytes, new JSONObject().put("in", bytes));
    List<Object> back = next();
    assertThat((byte[]) back.get(0)).containsExactly(bytes);
    assertThat((byte[]) ((JSONObject) back.get(1)).get("in")).containsExactly(bytes);
    assertThat((byte[]) ask((Object) bytes)[0]).containsExactly(bytes);
  }

  @Test
  void middlewareRefusesWithData() throws Exception {
    connect(Way.WEBSOCKET, "/no");
    receive(Socket.EVENT_CONNECT_ERROR);
    socket.connect();
    JSONObject error = (JSONObject) next().get(0);
    assertThat(error.getString("message")).isEqualTo("not you");
    assertThat(error.get("data")).hasToString("[1]");
  }

  @ParameterizedTest
  @EnumSource
  void comesBackAfterItsConnectionHasBroken(Way way) throws Exception {
    connect(way, "/");
    receive("welcome");
    socket.connect();
    next();
    String before = socket.id();
    breakConnection();
    next();
    assertThat(socket.id()).isNotEqualTo(before);
    assertThat(ask("x")).containsExactly("x");
  }

  /** As the network does; again and again, since between two polls there is nothing to break. */
  private void breakConnection() {
    CompletableFuture<Object> closed = new CompletableFuture<>();
    socket.io().once(Manager.EVENT_CLOSE, args -> closed.complete(args));
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
    while (!closed.isDone() && System.nanoTime() < end) {
      http.dispatcher().cancelAll();
      Object unused = closed.copy().completeOnTimeout(closed, 50, TimeUnit.MILLISECONDS).join();
    }
    assertThat(closed).isDone();
  }

  @Test
  void staysAwayWhenTheServerDisconnectsIt() throws Exception {
    connect(Way.WEBSOCKET, "/");
    receive(Socket.EVENT_DISCONNECT);
    socket.connect();
    socket.emit("end");
    assertThat(next()).containsExactly("io server disconnect");
    assertThat(socket.connected()).isFalse();
  }
}
