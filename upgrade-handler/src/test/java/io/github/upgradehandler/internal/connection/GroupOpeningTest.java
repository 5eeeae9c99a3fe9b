package io.github.upgradehandler.internal.connection;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.Acceptance;
import io.github.upgradehandler.Attribute;
import io.github.upgradehandler.FrameObserver;
import io.github.upgradehandler.Guard;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeAnswer;
import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.Limits;
import io.github.upgradehandler.ObservedFrame;
import io.github.upgradehandler.PartialHandler;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.guard.ConnectionLimit;
import io.github.upgradehandler.guard.RateLimit;
import io.github.upgradehandler.internal.frame.Opcode;
import io.github.upgradehandler.internal.work.SweepTimer;
import io.github.upgradehandler.spi.ConnectionGroup;
import io.github.upgradehandler.spi.LiveConnection;
import io.github.upgradehandler.spi.Role;
import io.github.upgradehandler.testing.ClientFrames;
import io.github.upgradehandler.testkit.MemoryTransport;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a module has that brings connections on a transport of its own. */
class GroupOpeningTest {

  private static final Attribute<String> TENANT = Attribute.of("tenant", String.class);

  private final SweepTimer timer = new SweepTimer();
  private final ConnectionLimit limit = new ConnectionLimit(1);
  private final WebSocketConfig config =
      WebSocketConfig.builder()
          .executor(Runnable::run)
          .drainTimeout(Duration.ZERO) // nobody answers a Close frame here
          .guards(limit)
          .subprotocols(List.of("v2", "v1"))
          .build();
  private final ConnectionGroup group =
      new io.github.upgradehandler.internal.connection.ConnectionGroup(
          config, timer, getClass().getClassLoader());
  private final Handshake offer =
      new Handshake.Builder("/chat").subprotocols(List.of("v1", "v2", "v3")).build();
  private final MemoryTransport transport = new MemoryTransport();
  private final WebSocketHandler echo =
      new WebSocketHandler() {
        @Override
        public void onText(WebSocket socket, String text) {
          socket.sendText(text);
        }
      };

  @AfterEach
  void drain() {
    group.drain();
    timer.close();
    assertThat(limit.open()).isZero();
  }

  private LiveConnection open(Function<Handshake, HandshakeAnswer> accept) {
    return group.open(transport, offer, accept);
  }

  private void assertNothingIsLeft() {
    assertThat(limit.open()).isZero();
    assertThat(group.connections()).isEmpty();
    assertThat(group.counters().connections()).isZero();
  }

  @Test
  void the_connection_is_what_the_transport_reports_to() {
    LiveConnection connection = open(handshake -> echo);
    connection.onStarted();
    connection.onWritable();
    transport.arrive(ClientFrames.text("hi"));
    connection.onReadable();
    assertThat(transport.takeFrames()).containsExactly("text hi");
    assertThat(group.role()).isEqualTo(Role.SERVER);
    assertThat(group.config()).isSameAs(config);
    assertThat(group.connections()).containsExactly(connection);
    assertThat(group.counters().messagesReceived()).isEqualTo(1);
    assertThat(limit.open()).isEqualTo(1);
    connection.abort();
    assertThat(limit.open()).isZero();
    assertThat(group.connections()).isEmpty();
  }

  @Test
  void the_answer_s_values_are_the_connection_s() {
    Limits limits = Limits.DEFAULTS.withMaxMessageBytes(10);
    LiveConnection connection =
        open(handshake -> Acceptance.of(echo).withAttribute(TENANT, "acme").withLimits(limits));
    assertThat(connection.attribute(TENANT)).contains("acme");
    assertThat(connection.limits()).isSameAs(limits);
    assertThat(connection.subprotocol()).contains("v2");
  }

  @Test
  void the_application_is_told_of_the_subprotocol_and_may_choose_another() {
    LiveConnection connection =
        open(
            handshake -> {
              assertThat(handshake.subprotocol()).contains("v2");
              return Acceptance.of(echo).withSubprotocol("v3");
            });
    assertThat(connection.subprotocol()).contains("v3");
  }

  @Test
  void one_that_the_transport_has_agreed_on_stays() {
    Handshake agreed = offer.toBuilder().subprotocol("v1").build();
    assertThat(group.open(transport, agreed, handshake -> echo).subprotocol()).contains("v1");
  }

  @Test
  void a_client_agrees_on_what_the_server_has_chosen() {
    ConnectionGroup clients =
        io.github.upgradehandler.internal.connection.ConnectionGroup.ofClients(
            new SecureRandom(), config, timer, getClass().getClassLoader());
    assertThat(clients.role()).isEqualTo(Role.CLIENT);
    LiveConnection connection = clients.open(transport, offer, handshake -> echo);
    assertThat(connection.subprotocol()).isEmpty();
    connection.abort();
    clients.drain();
  }

  /** Watches the frames, and takes messages in parts. */
  private static final class Watching implements FrameObserver, PartialHandler {

    private final List<String> told = new ArrayList<>();

    @Override
    public void onFrame(WebSocket socket, ObservedFrame frame) {
      told.add(frame.direction() + " " + frame.opcode());
    }

    @Override
    public void onTextPart(WebSocket socket, String part, boolean last) {
      told.add("part " + part + (last ? "" : "..."));
    }

    @Override
    public void onBinaryPart(WebSocket socket, ByteBuffer part, boolean last) {
      told.add("binary part");
    }
  }

  @Test
  void guards_that_act_on_messages_hide_neither_frames_nor_parts() {
    RateLimit rate = RateLimit.builder().messages(100, 100).build();
    Guard wrapped = handshake -> rate.admit(handshake);
    Watching watching = new Watching();
    try (Wire wire = Wire.open(watching, Wire.config().guards(rate, limit, wrapped))) {
      wire.receive(ClientFrames.frame(Opcode.TEXT, false, "a".getBytes(UTF_8)));
      wire.receive(ClientFrames.frame(Opcode.CONTINUATION, true, "b".getBytes(UTF_8)));
      wire.socket.abort();
    }
    assertThat(watching.told).containsExactly("RECEIVED 1", "part a...", "RECEIVED 0", "part b");
  }

  @Test
  void what_a_guard_refuses_the_application_is_not_asked_for() {
    open(handshake -> echo);
    assertThatThrownBy(
            () ->
                open(
                    handshake -> {
                      throw new AssertionError("asked");
                    }))
        .isInstanceOf(HandshakeRefusedException.class)
        .hasMessageContaining("Too many connections");
  }

  @Test
  void what_the_application_refuses_holds_no_place() {
    assertThatThrownBy(
            () ->
                open(
                    handshake -> {
                      throw new HandshakeRefusedException(403, "members only");
                    }))
        .isInstanceOf(HandshakeRefusedException.class);
    assertNothingIsLeft();
  }

  @Test
  void an_answer_that_is_none_holds_no_place() {
    assertThatIllegalStateException()
        .isThrownBy(() -> open(handshake -> null))
        .withMessage("the application has answered null to a handshake");
    assertThatIllegalStateException()
        .isThrownBy(() -> open(handshake -> Acceptance.of(echo).withSubprotocol("v4")))
        .withMessageContaining("'v4', which the client does not offer");
    assertNothingIsLeft();
  }

  @Test
  void one_that_comes_while_the_group_is_drained_is_closed() {
    group.startDraining();
    assertThat(group.isDraining()).isTrue();
    LiveConnection connection = open(handshake -> echo);
    connection.onStarted();
    connection.onWritable();
    assertThat(transport.takeFrames()).containsExactly("close 1001 server shuts down");
    connection.abort();
  }
}
