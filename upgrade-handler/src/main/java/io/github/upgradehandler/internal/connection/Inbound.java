package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.internal.frame.ProtocolException;
import io.github.upgradehandler.internal.frame.Role;
import io.github.upgradehandler.internal.protocol.Extension;
import io.github.upgradehandler.internal.protocol.ProtocolEvents;
import io.github.upgradehandler.internal.protocol.Receiver;
import io.github.upgradehandler.internal.protocol.Receiver.Delivery;
import io.github.upgradehandler.internal.work.Caller;
import io.github.upgradehandler.spi.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The receiving half of a connection: reads while there is something to read and the application
 * wants it, and calls the handler. One thread at a time, see {@link SerialEvents}.
 */
final class Inbound implements ProtocolEvents {

  private static final byte[] NOTHING = {};

  private final Connection connection;
  private final Transport transport;
  private final Outbound outbound;
  private final HandlerCalls handler;
  private final Receiver protocol;
  private final boolean readsToTheEnd;
  private final int watermark;
  private final Counters counters;

  private final ReadingTurn turn = new ReadingTurn();
  private byte @Nullable [] unread;
  private int unreadOffset;
  private boolean endOfInput;
  private boolean finished; // everything before the end of the input is handled
  private boolean ended;
  private volatile boolean paused;
  private volatile boolean stopped;
  private volatile boolean failed;
  private volatile long reads;

  Inbound(
      Connection connection,
      Transport transport,
      Outbound outbound,
      @Nullable Extension extension,
      HandlerCalls handler) {
    this.connection = connection;
    this.transport = transport;
    this.outbound = outbound;
    this.handler = handler;
    this.counters = connection.group().counters();
    this.watermark = connection.group().config().outboundWatermarkBytes();
    Role role = connection.group().role();
    this.readsToTheEnd = role == Role.CLIENT;
    this.protocol =
        new Receiver(
            role,
            connection.group().config(),
            extension,
            handler.takesParts() ? Delivery.PARTS : Delivery.WHOLE,
            this);
  }

  /**
   * Reads and handles until nothing is there, nothing is wanted, or the turn is over.
   *
   * @return whether to go on later, since it is the turn that is over
   */
  boolean readTurn() {
    try {
      turn.begin();
      readWhileWanted();
      if (endOfInput && !finished && (!hasKept() || protocol.isCloseReceived())) {
        finished = true;
        protocol.fail(); // gives back what it holds for more
        outbound.finish();
      } else if (turn.isOver() && mayRead()) {
        return hasKept() || !transport.reportsAgain();
      }
    } catch (Throwable e) { // also an OutOfMemoryError: nobody would come to read any more
      connection.end(e, Caller.EVENT_THREAD);
    }
    return false;
  }

  private void readWhileWanted() throws IOException {
    BufferPool pool = connection.group().pool();
    Segment buffer = pool.lease();
    try {
      while (mayRead() && !turn.isOver() && readOnce(buffer.bytes)) {
        turn.read();
      }
    } finally {
      pool.giveBack(buffer);
    }
  }

  /** Nothing more is to be read than what was: it is handled first. */
  void endOfInput() {
    endOfInput = true;
  }

  /** Handles what was read already, if it is wanted; the transport is gone. */
  void handleKept() {
    endOfInput = true;
    while (hasKept() && mayRead()) {
      turn.begin();
      handleNextKept();
    }
  }

  /** Nothing is delivered any more. */
  void end() {
    ended = true;
    unread = null;
    protocol.fail();
  }

  /** From now on nothing is delivered, not even of what was read already. */
  void stop() {
    stopped = true;
  }

  boolean isEnded() {
    return ended;
  }

  void pause() {
    paused = true;
  }

  /** Whether {@link #pause} was in force. */
  boolean resume() {
    boolean before = paused;
    paused = false;
    return before;
  }

  /** From now on only the peer's Close frame counts. */
  void fail() {
    failed = true;
  }

  /** Whether {@link #fail} was called. */
  boolean isFailed() {
    return failed;
  }

  /** Grows with every read: the peer lives. */
  long reads() {
    return reads;
  }

  /** Whether reading waits for the application or for the peer to read. */
  boolean isHeldBack() {
    return paused || outbound.bufferedBytes() > watermark;
  }

  private boolean hasKept() {
    return unread != null || protocol.isHoldingBack();
  }

  /** Whether a frame has begun and not ended. */
  boolean isInsideFrame() {
    return protocol.isInsideFrame();
  }

  /** See {@link Receiver#milestones}. */
  long milestones() {
    return protocol.milestones();
  }

  private boolean mayRead() {
    if (outbound.bufferedBytes() > watermark) {
      outbound.flush();
    }
    return !ended && !finished && !stopped && mayMoreCome() && !isHeldBack();
  }

  /**
   * After the peer's Close frame only the end of the stream comes. A client waits for it (section
   * 7.1.1), to a server it would cut off its answer.
   */
  private boolean mayMoreCome() {
    return readsToTheEnd || !protocol.isCloseReceived();
  }

  private boolean readOnce(byte[] buffer) throws IOException {
    if (hasKept()) {
      handleNextKept();
      return true;
    }
    int count = readTransport(buffer);
    if (count > 0) {
      long before = reads; // written by one thread at a time
      reads = before + 1;
      counters.received(count);
      int reached = receiveCorked(buffer, 0, count);
      if (reached < count) {
        unread = Arrays.copyOfRange(buffer, reached, count);
        unreadOffset = 0;
      }
    } else if (count < 0) {
      endOfInput = true;
    }
    return count > 0;
  }

  /** A transport may hold something that it has read ahead of the end. */
  private int readTransport(byte[] buffer) throws IOException {
    try {
      int count = transport.read(buffer);
      return count == 0 && endOfInput ? -1 : count;
    } catch (IOException | RuntimeException e) {
      if (endOfInput) {
        return -1;
      }
      throw e;
    }
  }

  private void handleNextKept() {
    byte[] kept = unread;
    if (kept == null) {
      receiveCorked(NOTHING, 0, 0);
      return;
    }
    unreadOffset = receiveCorked(kept, unreadOffset, kept.length);
    if (unreadOffset == kept.length) {
      unread = null;
    }
  }

  private int receiveCorked(byte[] bytes, int offset, int end) {
    List<Outbound> cork = Cork.begin(outbound);
    try {
      return receive(bytes, offset, end);
    } finally {
      Cork.end(cork);
    }
  }

  /**
   * Handles what was read, and says up to where: not to its end if nothing more may be read now.
   */
  private int receive(byte[] bytes, int offset, int end) {
    int position = offset;
    do {
      try {
        if (failed) {
          protocol.fail();
        }
        protocol.receive(bytes, position, end - position);
      } catch (ProtocolException e) {
        connection.fail(e.status(), e);
        if (protocol.isCloseReceived()) {
          outbound.closeReceived(CloseStatus.NO_STATUS_RECEIVED);
        }
      }
      position += protocol.consumed();
      if (protocol.isCloseReceived()) {
        return end;
      }
    } while (position < end && !turn.isOver() && mayRead());
    return position;
  }

  @Override
  public boolean wantsMore() {
    turn.handled();
    return !turn.isOver()
        && !paused
        && !stopped
        && !failed
        && outbound.bufferedBytes() <= watermark;
  }

  @Override
  public void onText(String text) {
    counters.messageReceived();
    handler.text(text);
  }

  @Override
  public void onBinary(byte[] bytes, int offset, int length) {
    counters.messageReceived();
    handler.binary(ByteBuffer.wrap(bytes, offset, length));
  }

  @Override
  public void onTextPart(String part, boolean last) {
    countPart(last);
    handler.textPart(part, last);
  }

  @Override
  public void onBinaryPart(byte[] bytes, int offset, int length, boolean last) {
    countPart(last);
    handler.binaryPart(ByteBuffer.wrap(bytes, offset, length), last);
  }

  @Override
  public void onPing(byte[] bytes, int offset, int length) {
    outbound.pong(ByteBuffer.wrap(bytes, offset, length));
    handler.ping(ByteBuffer.wrap(bytes, offset, length));
  }

  @Override
  public void onPong(byte[] bytes, int offset, int length) {
    connection.pongReceived(ByteBuffer.wrap(bytes, offset, length));
    handler.pong(ByteBuffer.wrap(bytes, offset, length));
  }

  @Override
  public void onClose(CloseStatus status) {
    outbound.closeReceived(status);
  }

  private void countPart(boolean last) {
    if (last) {
      counters.messageReceived();
    }
  }
}
