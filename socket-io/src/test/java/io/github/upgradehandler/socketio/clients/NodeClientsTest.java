package io.github.upgradehandler.socketio.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.socketio.Ack;
import io.github.upgradehandler.socketio.PacketFormat;
import io.github.upgradehandler.socketio.Recovery;
import io.github.upgradehandler.socketio.Socket;
import io.github.upgradehandler.socketio.SocketIo;
import io.github.upgradehandler.socketio.SocketIoConfig;
import io.github.upgradehandler.socketio.testing.TestApplication;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The clients of npm, unchanged: versions 4, 3 and 2; see {@code src/test/clients}. */
@Tag("external")
class NodeClientsTest {

  private static final Path SCRIPTS = Path.of("src/test/clients");
  private static final Path COPY = Path.of("target/clients");

  @Test
  void socketIoClient() throws Exception {
    copy();
    run(Map.of(), "npm", "ci");
    SocketIoConfig config =
        SocketIoConfig.builder().allowEio3(true).recovery(Recovery.DEFAULTS).build();
    SocketIoConfig messagePack =
        SocketIoConfig.builder()
            .parser(PacketFormat.MESSAGE_PACK)
            .recovery(Recovery.DEFAULTS)
            .build();
    try (TestApplication application = new TestApplication(config, NodeClientsTest::start);
        TestApplication other = new TestApplication(messagePack, NodeClientsTest::start)) {
      run(
          Map.of("ADDRESS", address(application), "MESSAGE_PACK_ADDRESS", address(other)),
          "node",
          "--test-reporter=spec",
          "clients.test.mjs");
    }
  }

  private static String address(TestApplication application) {
    return "http://127.0.0.1:" + application.port();
  }

  /** What all clients of scripts talk with. */
  static void start(SocketIo io) {
    io.onConnection(
        socket -> {
          socket.on("echo", (args, ack) -> ack.send(args.toArray()));
          socket.on(
              "join",
              (args, ack) -> {
                socket.join(args.text(0));
                ack.send();
              });
          socket.on("ask me", (args, ack) -> answer(socket, args.json(0).asInt(), ack));
          socket.on(
              "count",
              (args, ack) -> {
                for (int i = 0; i < args.json(0).asInt(); i++) {
                  socket.emit("n", i, args.text(1));
                }
              });
          socket.on(
              "miss",
              (args, ack) -> {
                String room = args.text(0);
                socket.onDisconnect(reason -> io.to(room).emit("missed", 1));
                ack.send();
              });
        });
    io.of("/no").use((socket, next) -> next.refuse("no", "data"));
    io.of("/custom").onConnection(socket -> socket.on("bye", (args, ack) -> socket.disconnect()));
  }

  private static void answer(Socket socket, int number, Ack ack) {
    CompletableFuture<Void> unused =
        socket.emitWithAck("question", number).thenAccept(answers -> ack.send(answers.json(0)));
  }

  /** Puts the scripts where they are run. */
  static void copy() throws IOException {
    Files.createDirectories(COPY);
    try (Stream<Path> files = Files.list(SCRIPTS)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Files.copy(file, COPY.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  static void run(Map<String, String> environment, String... command) throws Exception {
    ProcessBuilder builder =
        new ProcessBuilder(List.of(command)).directory(COPY.toFile()).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Path output = COPY.resolve(Path.of(command[0]).getFileName() + ".out").toAbsolutePath();
    Process process = builder.redirectOutput(output.toFile()).start();
    boolean ended = process.waitFor(4, TimeUnit.MINUTES);
    process.destroyForcibly();
    assertThat(ended && process.exitValue() == 0).as(Files.readString(output)).isTrue();
  }
}
