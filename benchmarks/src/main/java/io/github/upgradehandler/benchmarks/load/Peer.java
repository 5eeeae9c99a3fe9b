package io.github.upgradehandler.benchmarks.load;

import io.github.upgradehandler.internal.frame.FrameReader;
import io.github.upgradehandler.internal.frame.FrameWriter;
import io.github.upgradehandler.internal.frame.Opcode;
import io.github.upgradehandler.internal.frame.ProtocolException;
import io.github.upgradehandler.spi.Role;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** One connection of the client. Allocates nothing for a message. */
final class Peer implements FrameReader.Sink {

  enum State {
    CONNECTING,
    HANDSHAKING,
    OPEN,
    CLOSING,
    CLOSED
  }

  private static final int COMPRESSED = 0x40;
  private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
  private static final int LONGEST_RESPONSE = 8 << 10;
  private static final byte[] CLOSE_FRAME =
      FrameWriter.client(() -> 0x37FA213D)
          .frame(Opcode.CLOSE, true, 0, ByteBuffer.wrap(new byte[] {0x03, (byte) 0xE8}));

  private final Row row;
  private final Tape tape;
  private final ByteBuffer view;
  private final SocketChannel channel;
  private final SelectionKey key;
  private final FrameReader reader;
  private final ByteArrayOutputStream response = new ByteArrayOutputStream(256);

  private State state = State.CONNECTING;
  private int position;
  private int limitFrame;
  private int arrived;
  private long received;
  private int messageBytes;
  private int expected;
  private boolean control;
  private boolean fin;

  /** When the last messages were sent, or the connection was asked for; {@link System#nanoTime}. */
  private long since = System.nanoTime();

  Peer(Row row, Tape tape, InetSocketAddress server, Selector selector) {
    this(row, tape, server, selector, 0);
  }

  /**
   * Connects.
   *
   * @param receiveBuffer bytes that the system takes unread; 0 for its own choice
   */
  Peer(Row row, Tape tape, InetSocketAddress server, Selector selector, int receiveBuffer) {
    this.row = row;
    this.tape = tape;
    this.view = tape.view();
    this.reader = new FrameReader(Role.CLIENT, row.compression() ? COMPRESSED : 0, this);
    try {
      channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      if (receiveBuffer > 0) {
        channel.setOption(StandardSocketOptions.SO_RCVBUF, receiveBuffer);
      }
      boolean connected = channel.connect(server);
      key = channel.register(selector, SelectionKey.OP_CONNECT, this);
      if (connected) {
        connected();
      }
    } catch (IOException e) {
      throw new LoadException("cannot connect: " + e.getMessage(), e);
    }
  }

  State state() {
    return state;
  }

  long since() {
    return since;
  }

  /** The request of the opening handshake, the same for all. */
  static byte[] request(Row row, InetSocketAddress server) {
    String extensions =
        row.compression()
            ? "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover;"
                + " client_no_context_takeover\r\n"
            : "";
    return ("GET "
            + row.path()
            + " HTTP/1.1\r\nHost: 127.0.0.1:"
            + server.getPort()
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            + extensions
            + "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** TCP is there. */
  void connected() throws IOException {
    channel.finishConnect();
    key.interestOps(SelectionKey.OP_READ);
    state = State.HANDSHAKING;
    writeWhole(request(row, (InetSocketAddress) channel.getRemoteAddress()));
  }

  /**
   * Reads what is there.
   *
   * @param buffer where to; a view of {@code bytes}
   * @return how many messages it completed
   */
  int read(byte[] bytes, ByteBuffer buffer) throws IOException {
    arrived = 0;
    int count;
    do {
      buffer.clear();
      count = channel.read(buffer);
      if (count < 0) {
        ended();
        break;
      }
      int offset = state == State.HANDSHAKING ? handshake(bytes, count) : 0;
      if (state != State.HANDSHAKING) {
        take(bytes, offset, count - offset);
      }
    } while (count == bytes.length);
    return arrived;
  }

  /** Sends that many messages, as far as the socket takes them; the rest when it is writable. */
  void send(int messages) throws IOException {
    if (position >= tape.start(tape.frames())) {
      position -= tape.start(tape.frames());
      limitFrame -= tape.frames();
    }
    limitFrame += messages;
    since = System.nanoTime();
    write();
  }

  /** The socket takes more. */
  void write() throws IOException {
    view.limit(tape.start(limitFrame)).position(position);
    channel.write(view);
    position = view.position();
    int interest =
        view.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
    if (key.interestOps() != interest) {
      key.interestOps(interest);
    }
  }

  /** From now on takes nothing. */
  void stall() {
    key.interestOps(0);
  }

  /** Whether the server has ended TCP, behind what it has sent before. */
  boolean isEnded(ByteBuffer buffer) {
    try {
      int count;
      do {
        buffer.clear();
        count = channel.read(buffer);
      } while (count > 0);
      return count < 0;
    } catch (IOException e) {
      return true; // reset
    }
  }

  /** How many messages have come. */
  long received() {
    return received;
  }

  /** Starts the closing handshake; the server then ends TCP (RFC 6455 section 7.1.1). */
  void close() throws IOException {
    state = State.CLOSING;
    writeWhole(CLOSE_FRAME);
  }

  /** Resets the connection, so that no port stays taken. */
  void abort() {
    try {
      channel.setOption(StandardSocketOptions.SO_LINGER, 0);
      channel.close();
    } catch (IOException e) {
      // It is gone one way or another.
    }
    state = State.CLOSED;
  }

  @Override
  public void frame(Opcode opcode, boolean fin, int reservedBits, long payloadLength) {
    control = opcode.isControl();
    if (opcode == Opcode.CLOSE && state == State.OPEN) {
      throw new LoadException("the server closed a connection");
    }
    if (control) {
      return;
    }
    this.fin = fin;
    if (opcode != Opcode.CONTINUATION) {
      messageBytes = 0;
      if (row.compression() && reservedBits == 0) {
        throw new LoadException("the server sent a message that is not compressed");
      }
    }
  }

  @Override
  public boolean payload(byte[] bytes, int offset, int length, boolean last) {
    if (control) {
      return true;
    }
    if (received == 0 && !row.compression()) {
      compare(bytes, offset, length);
    }
    messageBytes += length;
    if (last && fin) {
      if (!row.compression() && messageBytes != tape.payload(expected).length) {
        throw new LoadException("the server sent a message of " + messageBytes + " bytes");
      }
      expected = expected + 1 == tape.frames() ? 0 : expected + 1;
      arrived++;
      received++;
    }
    return true;
  }

  /** The first message is looked at whole, the others only measured. */
  private void compare(byte[] bytes, int offset, int length) {
    byte[] sent = tape.payload(0);
    if (messageBytes + length > sent.length
        || !Arrays.equals(
            sent, messageBytes, messageBytes + length, bytes, offset, offset + length)) {
      throw new LoadException("the server sent back something else");
    }
  }

  private void take(byte[] bytes, int offset, int length) {
    try {
      reader.read(bytes, offset, length);
    } catch (ProtocolException e) {
      throw new LoadException("the server broke the protocol: " + e.getMessage(), e);
    }
  }

  /** Returns how many of the bytes belong to the response. */
  private int handshake(byte[] bytes, int count) {
    int before = response.size();
    response.write(bytes, 0, count);
    String text = response.toString(StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    if (end < 0) {
      if (text.length() > LONGEST_RESPONSE) {
        throw new LoadException("the server's handshake has no end");
      }
      return count;
    }
    if (!text.startsWith("HTTP/1.1 101") || !text.contains(ACCEPT)) {
      throw new LoadException("the server refused: " + text.substring(0, text.indexOf("\r\n")));
    }
    if (row.compression() && !text.contains("permessage-deflate")) {
      throw new LoadException("the server did not agree on permessage-deflate");
    }
    response.reset();
    state = State.OPEN;
    return end + 4 - before;
  }

  private void ended() throws IOException {
    if (state != State.CLOSING) {
      throw new LoadException("the server ended a connection that was " + state);
    }
    channel.close();
    state = State.CLOSED;
  }

  private void writeWhole(byte[] bytes) throws IOException {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    channel.write(buffer);
    if (buffer.hasRemaining()) {
      throw new LoadException("the socket did not take " + bytes.length + " bytes");
    }
  }
}
