package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.internal.frame.FrameWriter;
import io.github.upgradehandler.internal.frame.Opcode;
import io.github.upgradehandler.internal.protocol.FrameOutput;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * The frames that wait to be written, in order; a pong that came while writing was blocked goes
 * first. Small frames are encoded next to each other into leased buffers, so that many go out with
 * one write; frames encoded for many connections are referred to. Guarded by its owner's lock.
 */
final class OutboundQueue implements FrameOutput {

  /** Most bytes given to one write: containers copy or hold what they are given. */
  private static final int LARGEST_WRITE = BufferPool.BUFFER_BYTES;

  private final FrameWriter writer;
  private final BufferPool pool;

  private @Nullable Segment head;
  private @Nullable ArrayDeque<Segment> rest;
  private @Nullable Segment urgentPong;
  private @Nullable Segment writing;
  private long sent;
  private volatile long waiting;

  OutboundQueue(FrameWriter writer, BufferPool pool) {
    this.writer = writer;
    this.pool = pool;
  }

  @Override
  public void add(Opcode opcode, boolean fin, int reservedBits, ByteBuffer payload) {
    int length = Math.toIntExact(writer.frameLength(payload.remaining()));
    if (length > BufferPool.BUFFER_BYTES) {
      append(Segment.of(writer.frame(opcode, fin, reservedBits, payload)));
      count(length);
      return;
    }
    Segment last = last();
    if (last == null || last.free() < length) {
      last = pool.lease();
      append(last);
    }
    last.end = writer.write(opcode, fin, reservedBits, payload, last.bytes, last.end);
    count(length);
  }

  @Override
  public void addShared(byte[] frame) {
    Segment last = last();
    if (last != null && last.free() >= frame.length) {
      System.arraycopy(frame, 0, last.bytes, last.end, frame.length);
      last.end += frame.length;
    } else {
      append(Segment.of(frame));
    }
    count(frame.length);
  }

  /** Its bytes are not counted. */
  @Override
  public void addUrgentPong(ByteBuffer payload) {
    urgentPong = Segment.uncounted(writer.frame(Opcode.PONG, true, 0, payload));
  }

  /** Bytes added and not yet {@link #written}; may be asked without the lock. */
  long waitingBytes() {
    return waiting;
  }

  /** Bytes added so far. */
  long acceptedBytes() {
    return sent + waiting;
  }

  /** Bytes written so far. */
  long sentBytes() {
    return sent;
  }

  /**
   * Chooses what to write next: {@link #bytes}, {@link #offset} and {@link #length}.
   *
   * @return false if nothing waits
   */
  boolean next() {
    if (head == null || head.start == 0) {
      if (urgentPong != null) {
        writing = urgentPong;
        urgentPong = null;
        return true;
      }
      gather();
    }
    writing = head;
    if (writing == null) {
      return false;
    }
    if (length() == writing.remaining()) {
      head = rest == null ? null : rest.poll();
    }
    return true;
  }

  byte[] bytes() {
    return current().bytes;
  }

  int offset() {
    return current().start;
  }

  int length() {
    return Math.min(current().remaining(), LARGEST_WRITE);
  }

  /** The transport has released what was written last. */
  void written() {
    if (writing == null) {
      return;
    }
    Segment done = writing;
    int length = length();
    writing = null;
    done.start += length;
    if (done.counted) {
      sent += length;
      count(-length);
    }
    if (done.leased && done.remaining() == 0) {
      pool.giveBack(done);
    }
  }

  /** Drops everything but what is being written. */
  void clear() {
    head = null;
    rest = null;
    urgentPong = null;
    waiting = 0;
  }

  private void count(int length) {
    long before = waiting; // changed under the lock alone
    waiting = before + length;
  }

  /** Several small segments become one, for one write. */
  private void gather() {
    if (head == null || rest == null || rest.isEmpty()) {
      return;
    }
    Segment first = head;
    Segment second = rest.peek();
    if (second == null || first.remaining() + second.remaining() > BufferPool.BUFFER_BYTES) {
      return;
    }
    Segment all = first;
    if (first.free() < second.remaining()) {
      all = pool.lease();
      move(first, all);
    }
    while (second != null && all.free() >= second.remaining()) {
      move(second, all);
      rest.poll();
      second = rest.peek();
    }
    head = all;
  }

  private void move(Segment from, Segment to) {
    System.arraycopy(from.bytes, from.start, to.bytes, to.end, from.remaining());
    to.end += from.remaining();
    if (from.leased) {
      pool.giveBack(from);
    }
  }

  private void append(Segment segment) {
    if (head == null) {
      head = segment;
    } else {
      rest().add(segment);
    }
  }

  private @Nullable Segment last() {
    return rest == null || rest.isEmpty() ? head : rest.peekLast();
  }

  private ArrayDeque<Segment> rest() {
    if (rest == null) {
      rest = new ArrayDeque<>(4);
    }
    return rest;
  }

  private Segment current() {
    if (writing == null) {
      throw new IllegalStateException("nothing is being written");
    }
    return writing;
  }
}
