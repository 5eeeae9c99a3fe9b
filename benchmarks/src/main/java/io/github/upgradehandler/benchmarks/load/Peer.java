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

/** One connection of the client. Allocates nothing for a message. */
final class Peer implements FrameReader.Sink {

  enum State {
    CONNECTING,
    /** TLS. */
    SECURING,
    HANDSHAKING,
    /** Joins the main namespace of Socket.IO. */
    JOINING,
    OPEN,
    CLOSING,
    CLOSED
  }

  private static final int COMPRESSED = 0x40;
  private static final byte[] JOIN_FRAME =
      FrameWriter.client(() -> 0x37FA213D)
          .frame(Opcode.TEXT, true, 0, ByteBuffer.wrap("40".getBytes(StandardCharsets.US_ASCII)));
  private static final byte[] CLOSE_FRAME =
      FrameWriter.client(() -> 0x37FA213D)
          .frame(Opcode.CLOSE, true, 0, ByteBuffer.wrap(new byte[] {0x03, (byte) 0xE8}));

  private final Row row;
  private final Tape tape;
  private final ByteBuffer view;
  private final SocketChannel channel;
  private final Line line;
  private final SelectionKey key;
  private final FrameReader reader;
  private final OpeningHandshake handshake;
  private final Answers answers;
  private final ByteArrayOutputStream joining = new ByteArrayOutputStream();

  private State state = State.CONNECTING;
  private int position;
  private int limitFrame;
  private boolean control;

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
    this.handshake = new OpeningHandshake(row);
    this.answers = new Answers(row, tape);
    this.reader = new FrameReader(Role.CLIENT, row.compression() ? COMPRESSED : 0, this);
    try {
      channel = SocketChannel.open();
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      line = Line.over(channel, row.tls());
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

  /** Whether nothing can be sent yet. */
  boolean isOpening() {
    return state.compareTo(State.OPEN) < 0;
  }

  long since() {
    return since;
  }

  /** TCP is there. */
  void connected() throws IOException {
    channel.finishConnect();
    state = State.SECURING;
    secure();
  }

  private void secure() throws IOException {
    int awaited = line.open();
    key.interestOps(awaited == 0 ? SelectionKey.OP_READ : awaited);
    if (awaited == 0) {
      state = State.HANDSHAKING;
      writeWhole(OpeningHandshake.request(row, (InetSocketAddress) channel.getRemoteAddress()));
    }
  }

  /**
   * Reads what is there.
   *
   * @param buffer where to; a view of {@code bytes}
   * @return how many messages it completed
   */
  int read(byte[] bytes, ByteBuffer buffer) throws IOException {
    if (state == State.SECURING) {
      secure();
      return 0;
    }
    long before = answers.received();
    int count;
    do {
      buffer.clear();
      count = line.read(buffer);
      if (count < 0) {
        ended();
        break;
      }
      int offset = state == State.HANDSHAKING ? upgrade(bytes, count) : 0;
      if (state != State.HANDSHAKING) {
        take(bytes, offset, count - offset);
      }
    } while (count == bytes.length);
    return (int) (answers.received() - before);
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
    if (state == State.SECURING) {
      secure();
      return;
    }
    view.limit(tape.start(limitFrame)).position(position);
    boolean whole = line.write(view);
    position = view.position();
    int interest = whole ? SelectionKey.OP_READ : SelectionKey.OP_READ | SelectionKey.OP_WRITE;
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
        count = line.read(buffer);
      } while (count > 0);
      return count < 0;
    } catch (IOException e) {
      return true; // reset
    }
  }

  /** How many messages have come. */
  long received() {
    return answers.received();
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
    if (!control) {
      answers.frame(opcode, fin, reservedBits);
    }
  }

  @Override
  public boolean payload(byte[] bytes, int offset, int length, boolean last) {
    if (control || state == State.CLOSING) {
      return true;
    }
    if (state == State.JOINING) {
      joining.write(bytes, offset, length);
      if (last) {
        join();
      }
    } else {
      answers.payload(bytes, offset, length, last);
    }
    return true;
  }

  /** Answers the server's opening, and takes its answer to that. */
  private void join() {
    String packet = joining.toString(StandardCharsets.UTF_8);
    joining.reset();
    if (packet.startsWith("0")) {
      try {
        writeWhole(JOIN_FRAME);
      } catch (IOException e) {
        throw new LoadException("cannot join: " + e.getMessage(), e);
      }
    } else if (packet.startsWith("40")) {
      state = State.OPEN;
    } else {
      throw new LoadException("the server sent " + packet);
    }
  }

  private void take(byte[] bytes, int offset, int length) {
    try {
      reader.read(bytes, offset, length);
    } catch (ProtocolException e) {
      throw new LoadException("the server broke the protocol: " + e.getMessage(), e);
    }
  }

  private int upgrade(byte[] bytes, int count) {
    int taken = handshake.take(bytes, count);
    if (handshake.isComplete()) {
      state = row.isSocketIo() ? State.JOINING : State.OPEN;
    }
    return taken;
  }

  private void ended() throws IOException {
    if (state != State.CLOSING) {
      throw new LoadException("the server ended a connection that was " + state);
    }
    channel.close();
    state = State.CLOSED;
  }

  private void writeWhole(byte[] bytes) throws IOException {
    if (!line.write(ByteBuffer.wrap(bytes))) {
      throw new LoadException("the socket did not take " + bytes.length + " bytes");
    }
  }
}
