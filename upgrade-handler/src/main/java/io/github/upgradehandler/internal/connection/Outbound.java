package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.ConnectionState;
import io.github.upgradehandler.OverflowPolicy;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.SendResult;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.internal.frame.Opcode;
import io.github.upgradehandler.internal.protocol.ClosingHandshake;
import io.github.upgradehandler.internal.protocol.Extension;
import io.github.upgradehandler.internal.work.Caller;
import io.github.upgradehandler.spi.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a connection. Frames are queued under one lock, so the order of encoding is
 * the order of sending; {@link OutboundWriter} writes them outside of it.
 */
final class Outbound {

  private final Connection connection;
  private final WebSocketConfig config;
  private final OutboundQueue queue;
  private final OutgoingMessages messages;

  private final Object lock = new Object();
  private final ClosingHandshake closing = new ClosingHandshake();
  private final OutboundWriter writer;
  private long lastPing; // how far everything is sent when the last ping is; guarded by the lock
  // Set by any thread without the lock: a thread that finds another's list here adds itself again.
  private volatile @Nullable List<Outbound> corkedIn;

  Outbound(Connection connection, Transport transport, @Nullable Extension extension) {
    ConnectionGroup group = connection.group();
    this.connection = connection;
    this.config = group.config();
    this.queue = new OutboundQueue(group.writer(), group.pool());
    this.messages = new OutgoingMessages(queue, group.plainEncoding(), extension);
    this.writer = new OutboundWriter(connection, transport, queue, closing, lock);
  }

  /** Queues a whole message. */
  SendResult send(Opcode opcode, ByteBuffer payload) {
    SendResult result;
    try {
      synchronized (lock) {
        result = admit(payload.remaining());
        if (result.isAccepted()) {
          messages.add(opcode, payload);
          connection.group().counters().messageSent();
        }
      }
    } catch (Throwable e) {
      return encodingFailed(e);
    }
    return queued(result);
  }

  /** Queues a message that is encoded for many connections. */
  SendResult send(PreparedMessage message) {
    byte[] frame = messages.sharedFrame(message);
    SendResult result;
    try {
      synchronized (lock) {
        result = admit(frame == null ? message.length() : frame.length);
        if (result.isAccepted()) {
          messages.add(message, frame);
          connection.group().counters().messageSent();
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
      synchronized (lock) {
        result = admit(payload.remaining());
        if (result.isAccepted()) {
          messages.addFragment(opcode, payload, last);
          if (last) {
            connection.group().counters().messageSent();
            writer.release();
          }
        }
      }
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw e; // the caller's mistake, of which nothing was sent
    } catch (Throwable e) {
      return encodingFailed(e);
    }
    return queued(result);
  }

  /** Queues a ping (section 5.5.2); also inside a fragmented message. */
  SendResult ping(ByteBuffer payload) {
    SendResult result;
    synchronized (lock) {
      // One passes however much waits, to ask whether the peer still lives.
      boolean alone = closing.state().canSend() && queue.sentBytes() >= lastPing;
      result = alone ? SendResult.ACCEPTED : admit(payload.remaining());
      if (result.isAccepted()) {
        queue.add(Opcode.PING, true, 0, payload);
        lastPing = queue.acceptedBytes();
      }
    }
    return queued(result);
  }

  /**
   * Answers a ping (section 5.5.3). While the peer does not read, only the latest answer waits, so
   * that it cannot make us hoard pongs.
   */
  void pong(ByteBuffer payload) {
    synchronized (lock) {
      if (!closing.state().canSend()) {
        return;
      }
      if (writer.isBlocked()) {
        queue.addUrgentPong(payload);
        return;
      }
      queue.add(Opcode.PONG, true, 0, payload);
    }
    writeSoon();
  }

  /** Queues a Close frame behind everything accepted (section 7.1.2), unless one went before. */
  void close(CloseStatus status) {
    synchronized (lock) {
      queueClose(status);
    }
    writeSoon();
  }

  /** The peer's Close frame has come: answers it if it is the first of the two (section 5.5.1). */
  void closeReceived(CloseStatus status) {
    synchronized (lock) {
      closing.receive(status);
      queueClose(new CloseStatus(status.code(), ""));
    }
    writeSoon();
  }

  /**
   * The peer sends nothing any more (it has ended its half of TCP): what waits is still written,
   * then the connection ends.
   */
  void finish() {
    boolean unused;
    synchronized (lock) {
      closing.lose();
      messages.end();
      unused = writer.isUnused();
    }
    if (unused) {
      connection.end(null, Caller.EVENT_THREAD);
    } else {
      flush();
    }
  }

  /** The connection ends: nothing more is accepted, and what waits is dropped. */
  void end(Executor closer) {
    synchronized (lock) {
      closing.lose();
      messages.end();
    }
    writer.end(closer);
  }

  /** See {@link OutboundWriter#flush}. */
  void flush() {
    writer.flush();
  }

  OutboundWriter writer() {
    return writer;
  }

  /** Leaves it to the work of this thread to write, see {@link Cork}. */
  void cork(List<Outbound> cork) {
    corkedIn = cork;
    cork.add(this);
  }

  /** The work for which writing was held back is done; {@link #flush} is to follow. */
  void uncork(List<Outbound> cork) {
    if (corkedIn == cork) {
      corkedIn = null;
    }
  }

  /** See {@link io.github.upgradehandler.WebSocket#whenSent}. */
  CompletionStage<Void> whenSent() {
    return writer.whenSent(messages::isHolding);
  }

  /** Bytes accepted and not yet taken by the transport. */
  long bufferedBytes() {
    return queue.waitingBytes() + messages.heldBytes();
  }

  /** Bytes taken by the transport so far: progress, for deadlines. */
  long sentBytes() {
    synchronized (lock) {
      return queue.sentBytes();
    }
  }

  ConnectionState state() {
    synchronized (lock) {
      return closing.state();
    }
  }

  CloseEvent event() {
    synchronized (lock) {
      return closing.event();
    }
  }

  boolean isAboveWatermark() {
    return bufferedBytes() > config.outboundWatermarkBytes();
  }

  private SendResult admit(long length) {
    if (!closing.state().canSend()) {
      return SendResult.CLOSED;
    }
    long waiting = bufferedBytes() + messages.holdingBytes();
    return waiting > config.outboundWatermarkBytes()
            && waiting + length > config.outboundLimitBytes()
        ? SendResult.OVERFLOW
        : SendResult.ACCEPTED;
  }

  /** What follows from admitting a message or not; without the lock, since it may write. */
  private SendResult queued(SendResult result) {
    if (result.isAccepted()) {
      writeSoon();
    } else if (result == SendResult.OVERFLOW && config.overflowPolicy() == OverflowPolicy.CLOSE) {
      connection.fail(
          CloseStatus.TRY_AGAIN_LATER.withReason("reading too slowly"),
          new IOException(
              "a message did not fit the "
                  + config.outboundLimitBytes()
                  + " bytes that may wait to be sent (outboundLimitBytes)"));
    }
    return result;
  }

  /**
   * Leaves it to the work of this thread to write, but for more than one write takes, or so much
   * that the next message might overflow.
   */
  private void writeSoon() {
    List<Outbound> cork = Cork.current();
    if (cork == null || queue.waitingBytes() >= BufferPool.BUFFER_BYTES || isAboveWatermark()) {
      flush();
    } else if (corkedIn != cork) {
      cork(cork);
    }
  }

  private void queueClose(CloseStatus status) {
    if (closing.send(status)) {
      boolean above = isAboveWatermark();
      messages.end();
      queue.add(Opcode.CLOSE, true, 0, ControlPayload.close(status));
      if (above && !isAboveWatermark()) {
        writer.drained();
      }
    }
  }

  /**
   * What was sent of a message is not known, nor what the peer's decoder would make of the next
   * one.
   */
  private SendResult encodingFailed(Throwable thrown) {
    connection.end(thrown, Caller.OTHER_THREAD);
    return SendResult.CLOSED;
  }
}
