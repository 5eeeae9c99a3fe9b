package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.ConnectionState;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.SendResult;
import io.github.upgradehandler.internal.frame.Opcode;
import io.github.upgradehandler.internal.protocol.Extension;
import io.github.upgradehandler.internal.protocol.Sender;
import io.github.upgradehandler.internal.work.Caller;
import io.github.upgradehandler.internal.work.Cork;
import io.github.upgradehandler.spi.Transport;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a connection. Frames are queued under one lock, so the order of encoding is
 * the order of sending; {@link OutboundWriter} writes them outside of it.
 */
final class Outbound {

  private final Lifecycle life;
  private final ConnectionGroup group;
  private final Sender sender;
  private final OutboundWriter writer; // also the lock
  private long lastPing; // sentBytes when the last ping is sent; guarded by the lock
  private final Cork cork;

  Outbound(
      Lifecycle life, ConnectionGroup group, Transport transport, @Nullable Extension extension) {
    OutboundQueue queue = new OutboundQueue(group.writer(), group.pool());
    this.life = life;
    this.group = group;
    this.sender = new Sender(group.role(), queue, extension);
    this.writer = new OutboundWriter(life, group, transport, queue, sender);
    this.cork = new Cork(writer);
  }

  /** Queues a whole message. */
  SendResult send(Opcode opcode, ByteBuffer payload) {
    SendResult result;
    try {
      synchronized (writer) {
        result = admit(payload.remaining());
        if (result.isAccepted()) {
          sender.message(opcode, payload);
          writer.messageAccepted();
        }
      }
    } catch (Throwable e) {
      return encodingFailed(e);
    }
    return queued(result);
  }

  /** Queues a message that is encoded for many connections. */
  SendResult send(PreparedMessage message) {
    byte[] frame = sender.sharedFrame(message);
    SendResult result;
    try {
      synchronized (writer) {
        result = admit(frame == null ? message.length() : frame.length);
        if (result.isAccepted()) {
          sender.message(message, frame);
          writer.messageAccepted();
        }
      }
    } catch (Throwable e) {
      return encodingFailed(e);
    }
    return queued(result);
  }

  /** Queues messages that no other comes between: all of them, or none. */
  SendResult sendAll(List<PreparedMessage> messages) {
    List<byte @Nullable []> frames = new ArrayList<>(messages.size());
    long length = 0;
    for (PreparedMessage message : messages) {
      byte[] frame = sender.sharedFrame(message);
      frames.add(frame);
      length += frame == null ? message.length() : frame.length;
    }
    SendResult result;
    try {
      synchronized (writer) {
        result = admit(length);
        if (result.isAccepted()) {
          for (int i = 0; i < frames.size(); i++) {
            sender.message(messages.get(i), frames.get(i));
            writer.messageAccepted();
          }
        }
      }
    } catch (Throwable e) {
      return encodingFailed(e);
    }
    return queued(result);
  }

  /**
   * Queues a fragment of a message (section 5.4).
   *
   * @throws IllegalStateException if a message of the other kind has not ended
   */
  SendResult sendFragment(Opcode opcode, ByteBuffer payload, boolean last) {
    SendResult result;
    try {
      synchronized (writer) {
        result = admit(payload.remaining());
        if (result.isAccepted()) {
          sender.fragment(opcode, payload, last);
          if (last) {
            writer.messageAccepted();
            writer.release();
          }
        }
      }
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw e; // the caller's mistake, and nothing was sent
    } catch (Throwable e) {
      return encodingFailed(e);
    }
    return queued(result);
  }

  /** Queues a ping (section 5.5.2); also inside a fragmented message. */
  SendResult ping(ByteBuffer payload) {
    SendResult result;
    synchronized (writer) {
      // One is accepted however much waits, to check that the peer is alive.
      boolean alone = sender.canSend() && writer.sentBytes() >= lastPing;
      result = alone ? SendResult.ACCEPTED : admit(payload.remaining());
      if (result.isAccepted()) {
        sender.ping(payload);
        lastPing = writer.acceptedBytes();
      }
    }
    return queued(result);
  }

  /** Queues a pong that no ping has asked for. */
  SendResult unsolicitedPong(ByteBuffer payload) {
    SendResult result;
    synchronized (writer) {
      result = admit(payload.remaining());
      if (result.isAccepted()) {
        sender.unsolicitedPong(payload);
      }
    }
    return queued(result);
  }

  /** Answers a ping, see {@link Sender#pong}. */
  void pong(ByteBuffer payload) {
    boolean flushable;
    synchronized (writer) {
      boolean blocked = writer.isBlocked();
      flushable = sender.pong(payload, blocked) && !blocked;
    }
    if (flushable) {
      writer.flushSoon();
    }
  }

  /** Queues a Close frame after everything accepted, see {@link Sender#close}. */
  void close(CloseStatus status) {
    synchronized (writer) {
      boolean above = isAboveWatermark();
      sender.close(status);
      writer.noteBelowWatermark(above);
    }
    writer.flushSoon();
  }

  /** The peer's Close frame has come, see {@link Sender#closeReceived}. */
  void closeReceived(CloseStatus status) {
    synchronized (writer) {
      boolean above = isAboveWatermark();
      sender.closeReceived(status);
      writer.noteBelowWatermark(above);
    }
    writer.flushSoon();
  }

  /**
   * The peer sends nothing any more (it has ended its half of TCP): what waits is still written,
   * then the connection ends.
   */
  void finish() {
    boolean unused;
    synchronized (writer) {
      sender.lose();
      unused = writer.isUnused();
    }
    if (unused) {
      life.end(null, Caller.EVENT_THREAD);
    } else {
      flush(Caller.EVENT_THREAD);
    }
  }

  /** The connection ends: nothing more is accepted, and what waits is dropped. */
  void end(Executor closer) {
    synchronized (writer) {
      sender.lose();
      writer.count();
    }
    writer.end(closer);
  }

  /** See {@link OutboundWriter#flush}. */
  void flush() {
    flush(Caller.OTHER_THREAD);
  }

  void flush(Caller caller) {
    writer.flush(caller);
  }

  OutboundWriter writer() {
    return writer;
  }

  /** Holds back what is written while an event of this connection is handled. */
  Cork cork() {
    return cork;
  }

  /** See {@link io.github.upgradehandler.WebSocket#whenSent}. */
  CompletionStage<Void> whenSent() {
    return writer.whenSent(sender::isHolding);
  }

  /** Bytes accepted and not yet taken by the transport. */
  long bufferedBytes() {
    return writer.bufferedBytes();
  }

  /** Bytes taken by the transport so far: progress, for deadlines. */
  long sentBytes() {
    synchronized (writer) {
      return writer.sentBytes();
    }
  }

  ConnectionState state() {
    synchronized (writer) {
      return sender.state();
    }
  }

  CloseEvent event() {
    synchronized (writer) {
      return sender.event();
    }
  }

  boolean isAboveWatermark() {
    return writer.isAboveWatermark();
  }

  /** Whether so many bytes more may wait; with the lock. */
  private SendResult admit(long length) {
    return group.budget().admit(length, writer.bufferedBytes(), sender);
  }

  /** Acts on whether a message was admitted; without the lock, since it may write. */
  private SendResult queued(SendResult result) {
    if (result.isAccepted()) {
      writer.flushSoon();
    } else if (result == SendResult.OVERFLOW) {
      group.budget().exceeded(life);
    }
    return result;
  }

  /** How much of a message was sent is not known, nor how the peer would decode the next one. */
  private SendResult encodingFailed(Throwable thrown) {
    life.end(thrown, Caller.OTHER_THREAD);
    return SendResult.CLOSED;
  }
}
