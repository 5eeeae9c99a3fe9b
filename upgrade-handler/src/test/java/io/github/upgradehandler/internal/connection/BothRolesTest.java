package io.github.upgradehandler.internal.connection;

import static io.github.upgradehandler.testing.ClientFrames.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.ConnectionState;
import io.github.upgradehandler.FrameObserver;
import io.github.upgradehandler.ObservedFrame;
import io.github.upgradehandler.PartialHandler;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.internal.connection.EnginePair.Link;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** A client and a server of this library, with each other. */
class BothRolesTest {

  private static final int NO_CUT = 0;

  enum Compression {
    NONE,
    WITHOUT_CONTEXT,
    WITH_CONTEXT;

    WebSocketConfig config() {
      return Wire.config()
          .compression(this != NONE)
          .compressionThreshold(0)
          .compressionContextTakeover(this == WITH_CONTEXT)
          .build();
    }
  }

  enum Closing {
    BY_CLIENT("LOCAL clean", "REMOTE clean"),
    BY_SERVER("REMOTE clean", "LOCAL clean"),
    BY_BOTH("LOCAL clean", "LOCAL clean");

    private final String clientSees;
    private final String serverSees;

    Closing(String clientSees, String serverSees) {
      this.clientSees = clientSees;
      this.serverSees = serverSees;
    }
  }

  @ParameterizedTest
  @CsvSource({
    "NONE, false, BY_CLIENT",
    "NONE, false, BY_SERVER",
    "NONE, true, BY_BOTH",
    "WITHOUT_CONTEXT, false, BY_SERVER",
    "WITHOUT_CONTEXT, true, BY_CLIENT",
    "WITH_CONTEXT, false, BY_BOTH",
    "WITH_CONTEXT, true, BY_SERVER",
  })
  void a_conversation_however_it_is_cut(Compression compression, boolean parts, Closing closing) {
    try (EnginePair pair = new EnginePair(compression.config())) {
      int length = converse(pair, parts, closing, NO_CUT);
      for (int cut = 1; cut < length; cut++) {
        converse(pair, parts, closing, cut);
      }
    }
  }

  /** Returns how many bytes the longer direction has. */
  private static int converse(EnginePair pair, boolean parts, Closing closing, int cut) {
    RecordingHandler server = parts ? new Joining() : new RecordingHandler();
    RecordingHandler client = parts ? new Joining() : new RecordingHandler();
    Link link = pair.open(server, client);

    speak(link.client.socket, "c");
    speak(link.server.socket, "s");
    link.carry(cut);
    assertThat(server.takeEvents()).as("server, cut at %d", cut).isEqualTo(heard("c"));
    assertThat(client.takeEvents()).as("client, cut at %d", cut).isEqualTo(heard("s"));

    if (closing != Closing.BY_SERVER) {
      link.client.socket.close(CloseStatus.of(4000, "bye"));
    }
    if (closing != Closing.BY_CLIENT) {
      link.server.socket.close(CloseStatus.of(4000, "bye"));
    }
    link.carry(cut);
    assertThat(server.takeEvents())
        .as("server, cut at %d", cut)
        .containsExactly("close 4000 by " + closing.serverSees);
    assertThat(client.takeEvents())
        .as("client, cut at %d", cut)
        .containsExactly("close 4000 by " + closing.clientSees);
    return Math.max(link.server.received(), link.client.received());
  }

  private static void speak(WebSocket socket, String name) {
    socket.sendText(name + " hello é");
    socket.sendBinary(new byte[130]);
    socket.sendText(name + " one", false);
    socket.sendPing(ByteBuffer.wrap(name.getBytes(UTF_8)));
    socket.sendText(name + " held");
    socket.sendText(" two", false);
    socket.sendText("", true);
    socket.sendBinary(ByteBuffer.wrap(new byte[] {1, 2}), false);
    socket.sendBinary(ByteBuffer.wrap(new byte[] {3}), true);
    socket.send(PreparedMessage.text(name + " prepared prepared prepared"));
  }

  private static List<String> heard(String name) {
    return List.of(
        "open",
        "text " + name + " hello é",
        "binary of 130",
        "ping " + name,
        "text " + name + " one two",
        "text " + name + " held",
        "binary of 3",
        "text " + name + " prepared prepared prepared",
        "pong of 1");
  }

  @Test
  void a_client_waits_for_the_server_to_end_tcp() {
    try (EnginePair pair = new EnginePair(Compression.NONE.config())) {
      RecordingHandler client = new RecordingHandler();
      Link link = pair.open(new RecordingHandler(), client);
      link.client.socket.close();
      link.carryBytes(NO_CUT);
      assertThat(link.server.transport.isClosed()).isTrue();
      assertThat(link.client.transport.isClosed()).isFalse();
      assertThat(link.client.socket.state()).isEqualTo(ConnectionState.CLOSED);
      assertThat(client.takeEvents()).containsExactly("open");

      link.carry(NO_CUT);
      assertThat(link.client.transport.isClosed()).isTrue();
      assertThat(client.takeEvents()).containsExactly("close 1000 by LOCAL clean");
    }
  }

  @Test
  void a_client_waits_no_longer_than_the_close_timeout_which_is_no_failure() {
    WebSocketConfig config = Wire.config().closeTimeout(Duration.ofSeconds(3)).build();
    try (EnginePair pair = new EnginePair(config)) {
      RecordingHandler client = new RecordingHandler();
      Link link = pair.open(new RecordingHandler(), client);
      link.server.socket.close();
      pair.pass(Duration.ZERO);
      link.carryBytes(NO_CUT);
      for (int step = 0; step < 11; step++) {
        pair.pass(Duration.ofMillis(250));
      }
      assertThat(link.client.transport.isClosed()).isFalse();
      pair.pass(Duration.ofMillis(250));
      assertThat(link.client.transport.isClosed()).isTrue();
      assertThat(client.takeEvents()).containsExactly("open", "close 1000 by REMOTE clean");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_client_fails_a_server_that_masks(Compression compression) {
    try (EnginePair pair = new EnginePair(compression.config())) {
      RecordingHandler client = new RecordingHandler();
      RecordingHandler server = new RecordingHandler();
      Link link = pair.open(server, client);
      link.client.transport.arrive(text("masked"));
      link.client.socket.onReadable();
      assertThat(client.takeEvents()).containsExactly("open");
      link.carry(NO_CUT);
      assertThat(server.takeEvents()).hasSize(2).last().asString().startsWith("close 1002");
    }
  }

  @Test
  void every_frame_of_a_client_has_a_masking_key_of_its_own() {
    try (EnginePair pair = new EnginePair(Compression.NONE.config())) {
      Link link = pair.open(new RecordingHandler(), new RecordingHandler());
      PreparedMessage message = PreparedMessage.text("same");
      link.server.socket.send(message);
      assertThat(link.server.takeSent()).startsWith(0x81, 4);
      List<Integer> keys = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        link.client.socket.send(message);
        ByteBuffer frame = ByteBuffer.wrap(link.client.takeSent());
        assertThat(frame.getShort() & 0xFFFF).isEqualTo(0x8184);
        keys.add(frame.getInt());
      }
      assertThat(new HashSet<>(keys)).hasSameSizeAs(keys);
    }
  }

  @Test
  void an_observer_is_told_what_is_masked() {
    try (EnginePair pair = new EnginePair(Compression.NONE.config())) {
      Observing server = new Observing();
      Observing client = new Observing();
      Link link = pair.open(server, client);
      link.client.socket.sendText("a");
      link.carry(NO_CUT);
      link.server.socket.sendText("b");
      link.carry(NO_CUT);
      assertThat(client.takeEvents())
          .containsExactly("open", "SENT masked a", "RECEIVED unmasked b", "text b");
      assertThat(server.takeEvents())
          .containsExactly("open", "RECEIVED masked a", "text a", "SENT unmasked b");
    }
  }

  /** Joins parts, so that it notes what other handlers do. */
  private static final class Joining extends RecordingHandler implements PartialHandler {

    private final StringBuilder text = new StringBuilder();
    private int bytes;

    @Override
    public void onTextPart(WebSocket socket, String part, boolean last) {
      text.append(part);
      if (last) {
        note("text " + text);
        text.setLength(0);
      }
    }

    @Override
    public void onBinaryPart(WebSocket socket, ByteBuffer part, boolean last) {
      bytes += part.remaining();
      if (last) {
        note("binary of " + bytes);
        bytes = 0;
      }
    }
  }

  private static final class Observing extends RecordingHandler implements FrameObserver {

    @Override
    public void onFrame(WebSocket socket, ObservedFrame frame) {
      note(
          frame.direction()
              + (frame.masked() ? " masked " : " unmasked ")
              + UTF_8.decode(frame.start().duplicate()));
    }
  }
}
