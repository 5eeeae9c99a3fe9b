package io.github.upgradehandler.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.internal.frame.Opcode;
import io.github.upgradehandler.internal.protocol.Extension;
import io.github.upgradehandler.internal.protocol.FrameOutput;
import io.github.upgradehandler.internal.protocol.Sender;
import io.github.upgradehandler.spi.Role;
import io.github.upgradehandler.spi.TransportListener;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The client of one connection, driven by a test: the connection is the library's own, between the
 * handler under test and a peer that sends what the test says, and reads when it says.
 *
 * <pre>{@code
 * try (TestPeer peer = TestPeer.connect(handler)) {
 *   peer.sendText("hi");
 *   assertThat(peer.receiveText()).isEqualTo("hi");
 * }
 * }</pre>
 *
 * <p>Handlers run on the test's thread, inside what makes them run, unless the configuration has an
 * executor: so what a handler sends at once is there when {@code send…} returns. For what other
 * threads send, {@code receive…} waits, 5 s unless {@link Builder#patience} says otherwise, and
 * then throws an {@link AssertionError} that says what came instead.
 *
 * <p>Time stands still until {@link #advance}. Nothing is answered by itself: neither pings nor
 * Close frames.
 *
 * <p>Where the configuration has compression, the peer offers it and sends messages compressed that
 * reach the threshold (RFC 7692); {@link Frame#isCompressed} shows what the server did. A handshake
 * with a header {@code Sec-WebSocket-Extensions} makes its own offer, or none.
 *
 * <p>Confined to the test's thread.
 */
public final class TestPeer implements AutoCloseable {

  private static final Duration STEP = Duration.ofMillis(250);

  private final Compression compression;
  private final MemoryTransport transport;
  private final Sender sender;
  private final TestConnection connection;
  private final Patience patience;

  private TestPeer(Builder builder) {
    patience = new Patience(builder.patience);
    compression = new Compression(builder.config, builder.handshake);
    Extension agreed = compression.ofPeer();
    transport = new MemoryTransport(agreed);
    sender = new Sender(Role.CLIENT, new Arriving(), agreed);
    connection =
        new TestConnection(
            builder.config,
            compression.offering(),
            compression.ofServer(),
            transport,
            builder.handler);
    listener().onStarted();
    listener().onWritable();
  }

  /** Connects to a handler, with the defaults. */
  public static TestPeer connect(WebSocketHandler handler) {
    return builder(handler).connect();
  }

  /** A peer that differs from the defaults. */
  public static Builder builder(WebSocketHandler handler) {
    return new Builder(handler);
  }

  /** The server's end, as the application sees it. */
  public WebSocket socket() {
    return connection.socket();
  }

  /** Sends a text message. */
  public void sendText(String text) {
    sender.message(Opcode.TEXT, ByteBuffer.wrap(text.getBytes(UTF_8)));
  }

  /** Sends a binary message. */
  public void sendBinary(byte[] payload) {
    sender.message(Opcode.BINARY, ByteBuffer.wrap(payload));
  }

  /** Sends a text message in as many fragments as it has parts, each in a read of its own. */
  public void sendFragments(String... parts) {
    for (int i = 0; i < parts.length; i++) {
      sender.fragment(
          Opcode.TEXT, ByteBuffer.wrap(parts[i].getBytes(UTF_8)), i == parts.length - 1);
    }
  }

  /** Sends a ping. */
  public void sendPing(String payload) {
    sendBytes(ClientBytes.ping(payload));
  }

  /** Sends a pong. */
  public void sendPong(byte[] payload) {
    sendBytes(ClientBytes.pong(payload));
  }

  /** Sends a Close frame without a status. */
  public void sendClose() {
    sendBytes(ClientBytes.close());
  }

  /** Sends a Close frame. */
  public void sendClose(int code, String reason) {
    sendBytes(ClientBytes.close(code, reason));
  }

  /** Sends bytes, right or wrong, which the server gets in one read; see {@link ClientBytes}. */
  public void sendBytes(byte[]... pieces) {
    transport.arrive(ClientBytes.concat(pieces));
    listener().onReadable();
  }

  /** Sends bytes, written as hex digits with white space as it pleases, in one read. */
  public void sendHex(String digits) {
    sendBytes(ClientBytes.hex(digits));
  }

  /**
   * Sends bytes in several reads.
   *
   * @param cuts how many bytes come before the end of each read but the last, ascending
   */
  public void sendCut(byte[] bytes, int... cuts) {
    int from = 0;
    for (int cut : cuts) {
      sendBytes(Arrays.copyOfRange(bytes, from, cut));
      from = cut;
    }
    sendBytes(Arrays.copyOfRange(bytes, from, bytes.length));
  }

  /** Ends this half of TCP in order. */
  public void sendEnd() {
    transport.arriveEnd();
    listener().onEnd(null);
  }

  /** Resets TCP, as a client does whose process was killed. */
  public void reset() {
    IOException reset = new IOException("Connection reset");
    transport.failReads(reset);
    transport.failWrites(reset);
    listener().onEnd(reset);
  }

  /** Stops reading: what one write has is still taken, then nothing more. */
  public void stallReading() {
    transport.takeWrites(1);
  }

  /** While reading is stalled: reads what the server writes at once, and stalls again. */
  public void readOnce() {
    transport.takeWrites(1);
    listener().onWritable();
  }

  /** Reads everything again. */
  public void resumeReading() {
    transport.takeAllWrites();
    listener().onWritable();
  }

  /**
   * Lets time pass for the deadlines of the connection and of guards, with four sweeps a second.
   */
  public void advance(Duration time) {
    for (Duration left = time; !left.isZero(); ) {
      Duration step = left.compareTo(STEP) < 0 ? left : STEP;
      connection.advance(step);
      left = left.minus(step);
    }
  }

  /** The next frame of the server's. */
  public Frame receive() {
    Frame frame = patience.await(transport::takeFrame);
    if (frame == null) {
      throw new AssertionError("expected a frame, none came; " + standing());
    }
    return frame;
  }

  /** The next frame, which must be a whole text message. */
  public String receiveText() {
    return receive(Frame.Kind.TEXT).text();
  }

  /** The next frame, which must be a whole binary message. */
  public byte[] receiveBinary() {
    return receive(Frame.Kind.BINARY).payload();
  }

  /** The next frame, which must be a Close frame. */
  public Frame receiveClose() {
    return receive(Frame.Kind.CLOSE);
  }

  /** The frames that have come and were not received yet, as text; see {@link Frame#toString}. */
  public List<String> receivedSoFar() {
    return transport.takeFrames();
  }

  /**
   * How many of the reads that were sent wait, or a part of them: the server does not read while
   * its handler has paused, or more than the watermark waits for this peer.
   */
  public int unread() {
    return transport.unreadPieces();
  }

  /** Whether the server has ended TCP. */
  public boolean isEnded() {
    return transport.isClosed();
  }

  /** How the connection ended, for the application; waits for the end. */
  public CloseEvent closeEvent() {
    CompletableFuture<CloseEvent> closed = socket().whenClosed().toCompletableFuture();
    CloseEvent event = patience.await(() -> closed.getNow(null));
    if (event == null) {
      throw new AssertionError("expected the end of the connection; " + standing());
    }
    return event;
  }

  /**
   * Ends the connection, if it has not ended.
   *
   * @throws AssertionError if the library broke a rule of its own, or sent what are no frames
   */
  @Override
  public void close() {
    socket().abort();
    connection.close();
    sender.lose();
    transport.takeFrames();
    transport.release();
    compression.close();
    List<String> breaches = transport.breaches();
    if (!breaches.isEmpty()) {
      throw new AssertionError("rules of the transport were broken: " + breaches);
    }
  }

  private TransportListener listener() {
    return connection.listener();
  }

  private Frame receive(Frame.Kind kind) {
    Frame frame = receive();
    if (frame.kind() != kind || !frame.isFinal()) {
      throw new AssertionError("expected " + kind + " as a whole, came: " + frame);
    }
    return frame;
  }

  private String standing() {
    return "the connection is " + socket().state() + ", TCP " + (isEnded() ? "ended" : "open");
  }

  /** Has the frames of the peer's messages come, each in one read. */
  private final class Arriving implements FrameOutput {

    @Override
    public void add(Opcode opcode, boolean fin, int reservedBits, ByteBuffer payload) {
      byte[] copy = new byte[payload.remaining()];
      payload.duplicate().get(copy);
      sendBytes(
          ClientBytes.frame((fin ? ClientBytes.FIN : 0) | reservedBits | opcode.code(), copy));
    }

    @Override
    public void addShared(byte[] frame) {
      sendBytes(frame);
    }

    @Override
    public void addUrgentPong(ByteBuffer payload) {
      add(Opcode.PONG, true, 0, payload);
    }
  }

  /** What a peer is like. Not thread-safe. */
  public static final class Builder {

    private final WebSocketHandler handler;
    private WebSocketConfig config = WebSocketConfig.defaults();
    private Handshake handshake = new Handshake.Builder("/").build();
    private Duration patience = Duration.ofSeconds(5);

    private Builder(WebSocketHandler handler) {
      this.handler = handler;
    }

    /**
     * The server's configuration. Its guards are asked, and surround the handler; origins are not
     * checked.
     */
    public Builder config(WebSocketConfig value) {
      config = value;
      return this;
    }

    /** What the client asked for; {@code /} without headers otherwise. */
    public Builder handshake(Handshake value) {
      handshake = value;
      return this;
    }

    /** How long to wait, in real time, for what other threads do. Default 5 s. */
    public Builder patience(Duration value) {
      patience = value;
      return this;
    }

    /**
     * Connects; {@link WebSocketHandler#onOpen} has come when this returns, unless it comes on
     * another thread.
     *
     * @throws HandshakeRefusedException if a guard refuses the handshake
     */
    public TestPeer connect() {
      return new TestPeer(this);
    }
  }
}
