package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.Limits;
import io.github.upgradehandler.internal.frame.ProtocolException;
import io.github.upgradehandler.internal.protocol.Receiver;
import io.github.upgradehandler.internal.protocol.Receiver.Delivery;
import io.github.upgradehandler.internal.work.Caller;
import io.github.upgradehandler.internal.work.Cork;
import io.github.upgradehandler.spi.Role;
import io.github.upgradehandler.spi.Transport;
import java.io.IOException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The receiving half of a connection: reads while there is something to read and the application
 * wants it, and calls the handler. Confined to one thread at a time, see {@link SerialEvents}.
 */
final class Inbound extends ReadingTurns implements InboundEvents.Reading {

  private static final byte[] NOTHING = {};

  /** What is still to come of the peer's bytes. */
  private enum Input {
    /** More may come. */
    OPEN,
    /** No more come; some that have come may wait. */
    ENDED,
    /** None waits, or those that wait are not to be handled. */
    HANDLED
  }

  private final Lifecycle life;
  private final ConnectionGroup group;
  private final Transport transport;
  private final Outbound outbound;
  private final InboundEvents events;
  private final Receiver protocol;
  private @Nullable Segment unread;
  private Input input = Input.OPEN;
  private Limits applied;
  private volatile Limits limits;
  private volatile boolean paused;
  private volatile int reads;

  Inbound(
      Lifecycle life,
      ConnectionGroup group,
      Transport transport,
      Outbound outbound,
      AcceptedHandshake accepted,
      HandlerCalls handler) {
    this.life = life;
    this.group = group;
    this.transport = transport;
    this.outbound = outbound;
    Limits own = accepted.acceptance().limits().orElse(null);
    this.applied = own == null ? group.config().limits() : own;
    this.limits = applied;
    this.events = new InboundEvents(this, life, outbound, handler, group.counters());
    this.protocol =
        new Receiver(
            group.role(),
            applied,
            accepted.extension(),
            handler.takesParts() ? Delivery.PARTS : Delivery.WHOLE,
            events);
  }

  /**
   * Reads and handles until nothing is there, nothing is wanted, or the turn is over.
   *
   * @return whether to go on later, since it is the turn that is over
   */
  boolean readTurn() {
    try {
      beginTurn();
      readWhileWanted();
      if (input == Input.ENDED && (!hasKept() || protocol.isCloseReceived())) {
        input = Input.HANDLED;
        protocol.fail(); // frees the buffers and codecs that it holds
        outbound.finish();
      } else if (isTurnOver() && mayRead()) {
        return hasKept() || !transport.reportsAgain();
      }
    } catch (Throwable e) { // also an OutOfMemoryError: no thread would read again
      life.end(e, Caller.EVENT_THREAD);
    }
    return false;
  }

  private void readWhileWanted() throws IOException {
    Segment buffer = group.pool().lease();
    try {
      while (mayRead() && !isTurnOver() && readOnce(buffer.bytes)) {
        countRead();
      }
    } finally {
      group.pool().giveBack(buffer);
    }
  }

  /** No more is to be read; what was read is handled first. */
  void endOfInput() {
    if (input == Input.OPEN) {
      input = Input.ENDED;
    }
  }

  /** Handles what was read already, if it is wanted; the transport is gone. */
  void handleKept() {
    endOfInput();
    while (hasKept() && mayRead()) {
      beginTurn();
      handleNextKept();
    }
  }

  /** Nothing is delivered any more. */
  void end() {
    input = Input.HANDLED;
    unread = null;
    protocol.fail();
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

  /** Changes with every read, which shows that the peer is alive. */
  int reads() {
    return reads;
  }

  /** Whether reading waits for the application or for the peer to read. */
  boolean isHeldBack() {
    return paused || outbound.isAboveWatermark();
  }

  /** How large what the peer sends may be. */
  Limits limits() {
    return limits;
  }

  /** Sets other limits, for what is still to be handled. */
  void limits(Limits value) {
    limits = value;
  }

  /** Where reading continues after a turn. */
  Executor afterOthers() {
    return group.executors().afterOthers(transport.afterOthers());
  }

  @Override
  public boolean goesOn() {
    countHandled();
    return !isTurnOver()
        && !isHeldBack()
        && limits == applied // others apply to what follows
        && life.phase() == Phase.OPEN;
  }

  private boolean hasKept() {
    return unread != null || protocol.isHoldingBack();
  }

  /** Whether a frame has begun and not ended. */
  boolean isInsideFrame() {
    return protocol.isInsideFrame();
  }

  /** See {@link Receiver#milestones}. */
  int milestones() {
    return protocol.milestones();
  }

  private boolean mayRead() {
    if (outbound.isAboveWatermark()) {
      outbound.flush(Caller.EVENT_THREAD);
    }
    return input != Input.HANDLED
        && life.phase() != Phase.ABORTED
        && mayMoreCome()
        && !isHeldBack();
  }

  /**
   * After the peer's Close frame only the end of the stream comes. A client waits for it (section
   * 7.1.1), to a server it would cut off its answer.
   */
  private boolean mayMoreCome() {
    return group.role() == Role.CLIENT || !protocol.isCloseReceived();
  }

  private boolean readOnce(byte[] buffer) throws IOException {
    if (hasKept()) {
      handleNextKept();
      return true;
    }
    int count = readTransport(buffer);
    if (count > 0) {
      int before = reads; // written by one thread at a time
      reads = before + 1;
      group.counters().received(count);
      int reached = receiveCorked(buffer, 0, count);
      if (reached < count) {
        unread = Segment.copyOf(buffer, reached, count);
      }
    } else if (count < 0) {
      endOfInput();
    }
    return count > 0;
  }

  /** A transport may hold something that it has read ahead of the end. */
  private int readTransport(byte[] buffer) throws IOException {
    try {
      int count = transport.read(buffer);
      return count == 0 && input == Input.ENDED ? -1 : count;
    } catch (IOException | RuntimeException e) {
      if (input == Input.ENDED) {
        return -1;
      }
      throw e;
    }
  }

  private void handleNextKept() {
    Segment kept = unread;
    if (kept == null) {
      receiveCorked(NOTHING, 0, 0);
      return;
    }
    kept.start = receiveCorked(kept.bytes, kept.start, kept.end);
    if (kept.remaining() == 0) {
      unread = null;
    }
  }

  private int receiveCorked(byte[] bytes, int offset, int end) {
    Cork cork = outbound.cork();
    boolean corked = cork.begin();
    try {
      return receive(bytes, offset, end);
    } finally {
      events.count();
      if (corked) {
        cork.end();
      }
    }
  }

  /**
   * Handles what was read, and returns up to where: not to its end if nothing more may be read now.
   */
  private int receive(byte[] bytes, int offset, int end) {
    int position = offset;
    do {
      if (limits != applied) {
        applied = limits;
        protocol.bound(applied);
      }
      try {
        if (life.phase() != Phase.OPEN) {
          protocol.fail();
        }
        protocol.receive(bytes, position, end - position);
      } catch (ProtocolException e) {
        life.fail(e.status(), e);
        if (protocol.isCloseReceived()) {
          outbound.closeReceived(CloseStatus.NO_STATUS_RECEIVED);
        }
      }
      position += protocol.consumed();
      if (protocol.isCloseReceived()) {
        return end;
      }
    } while (position < end && !isTurnOver() && mayRead());
    return position;
  }
}
