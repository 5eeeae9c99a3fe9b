package io.github.upgradehandler.servlet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.internal.deflate.Bombs;
import io.github.upgradehandler.internal.deflate.Frames;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fault F8: 1 MB that inflates to 1 GiB, fifty times at once, at a server with 64 MiB of heap. */
@Timeout(120)
class CompressionBombTest {

  private static final int AT_ONCE = 50;
  private static final byte[] BOMB = Bombs.zeros(1024);

  private final ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE);
  private Process server;
  private BufferedReader output;
  private int port;

  @BeforeEach
  void start() throws Exception {
    server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:+ExitOnOutOfMemoryError",
                "-cp",
                System.getProperty("java.class.path"),
                CompressionBombServer.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    output = new BufferedReader(new InputStreamReader(server.getInputStream(), UTF_8));
    String line = output.readLine();
    assertThat(line).as("first line of output").startsWith("port ");
    port = Integer.parseInt(line.substring("port ".length()));
  }

  @AfterEach
  void stop() throws Exception {
    clients.shutdownNow();
    server.getOutputStream().close();
    if (!server.waitFor(10, TimeUnit.SECONDS)) {
      server.destroyForcibly();
    }
  }

  /** In one frame, refused at its header; and in frames that each are legal. */
  @ParameterizedTest
  @ValueSource(ints = {1 << 21, 60_000, 1000})
  void every_bomb_is_answered_with_1009(int frameBytes) throws Exception {
    List<CompressionClient> open = new ArrayList<>();
    for (int i = 0; i < AT_ONCE; i++) {
      open.add(new CompressionClient(port, "permessage-deflate"));
    }
    List<Future<Integer>> codes = new ArrayList<>();
    for (CompressionClient client : open) {
      codes.add(clients.submit(() -> throwBomb(client, frameBytes)));
    }

    List<Integer> answers = new ArrayList<>();
    for (Future<Integer> code : codes) {
      answers.add(code.get());
    }
    assertThat(answers).isEqualTo(Collections.nCopies(AT_ONCE, 1009));
    assertAlive();
    for (CompressionClient client : open) {
      client.close();
    }
  }

  /** The whole of it is sent, as the peer reads on after the answer. */
  private static int throwBomb(CompressionClient client, int frameBytes) throws IOException {
    client.sendFragmented(Frames.COMPRESSED_BINARY, BOMB, frameBytes);
    return client.receiveClose();
  }

  private void assertAlive() throws IOException {
    try (CompressionClient client = new CompressionClient(port, "permessage-deflate")) {
      client.send(Frames.COMPRESSED_TEXT, Frames.bytes("f248cdc9c90700"));
      assertThat(client.receive().payload()).asString(US_ASCII).isEqualTo("Hello");
    }
    assertThat(server.isAlive()).isTrue();
  }
}
