package io.github.upgradehandler.internal.sse;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.internal.log.LogKind;
import io.github.upgradehandler.internal.work.Caller;
import io.github.upgradehandler.internal.work.WritingLoop;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The stream of events to one client. Any thread queues, under the stream's lock; the thread that
 * finds no other writing writes what waits, without the lock, and after a while leaves the thread
 * to others.
 */
public final class EventStream {

  private static final int CHECKS_UNTIL_LEFT_CLOSED = 8;

  private final EventStreams streams;
  private final EventOutput output;
  private final Admission admission;
  private final String client;
  private final WritingLoop loop = new Loop(); // also the lock
  private final ArrayDeque<byte[]> waiting = new ArrayDeque<>(2);
  private byte @Nullable [] writing;
  private int waitingBytes;
  private boolean finishing;
  private long sent;
  private @Nullable Feed feed;

  // Confined to the timer's thread.
  private long seenSent;
  private long seenAt;
  private int checksClosed;
  private boolean ending;

  EventStream(EventStreams streams, EventOutput output, Admission admission, String client) {
    this.streams = streams;
    this.output = output;
    this.admission = admission;
    this.client = client;
    seenAt = streams.now();
  }

  /** The output can take more; called by a thread of the container. */
  public void onWritable() {
    loop.onWritable();
  }

  /** Ends the stream at once, for the client, the container or the server. */
  public void end() {
    end(LogKind.ENDED, "the client, the server or its session ends", null);
  }

  /** Ends it since so much waits that the next event does not fit. */
  void endOverflowing() {
    int limit = streams.config().outboundLimitBytes();
    end(
        LogKind.ENDED_FOR_CAUSE,
        "an event did not fit the " + limit + " bytes that may wait (outboundLimitBytes)",
        null);
  }

  private void end(LogKind kind, String why, @Nullable Throwable thrown) {
    boolean closeNow;
    Feed shown;
    synchronized (loop) {
      if (loop.isEnded()) {
        return;
      }
      waiting.clear();
      waitingBytes = 0;
      closeNow = loop.endWriting();
      shown = feed;
    }
    streams.logEnd(kind, client, why, thrown);
    try {
      if (closeNow) {
        output.close(); // before guards are called, which may block
      }
    } finally {
      streams.ended(this, shown);
    }
  }

  /** Whether {@link #end} was called. */
  boolean isEnded() {
    synchronized (loop) {
      return loop.isEnded();
    }
  }

  /**
   * Queues an event; {@link #flush} has it written.
   *
   * @return false if the client is so far behind that the stream must end
   */
  boolean offer(Event event, int limitBytes) {
    synchronized (loop) {
      if (loop.isEnded() || finishing) {
        return true;
      }
      // One that is larger than the limit can be sent while nothing waits.
      if (waitingBytes > 0 && (long) waitingBytes + event.length() > limitBytes) {
        return false;
      }
      waiting.addAll(event.pieces());
      waitingBytes += event.length();
      return true;
    }
  }

  /** Has what waits written, unless another thread does: see {@link WritingLoop#flushSoon}. */
  void flush() {
    loop.flushSoon();
  }

  /** Ends the stream when everything is sent. */
  void finish() {
    synchronized (loop) {
      finishing = true;
    }
    flush();
  }

  /**
   * Checks the deadlines; called by the timer's thread.
   *
   * @return what is to be done now, by another thread: it calls the container and guards
   */
  @Nullable Runnable check(long now) {
    if (ending) {
      return null;
    }
    if (isLeftClosed()) {
      ending = true;
      return () ->
          end(LogKind.ENDED_BY_OTHERS, "its response was closed, perhaps by a filter", null);
    }
    long total;
    boolean unsent;
    synchronized (loop) {
      total = sent;
      unsent = waitingBytes > 0 || loop.awaitsOutput();
    }
    if (total != seenSent) {
      seenSent = total;
      seenAt = now;
    } else if (unsent && now - seenAt >= streams.config().sendTimeout().toNanos()) {
      ending = true;
      return this::endLate;
    } else if (!unsent && now - seenAt >= streams.config().heartbeatInterval().toNanos()) {
      seenAt = now;
      return this::beat;
    }
    return null;
  }

  private void endLate() {
    long after = streams.config().sendTimeout().toMillis();
    end(
        LogKind.ENDED_FOR_CAUSE,
        "waited for progress in sending longer than " + after + " ms (sendTimeout)",
        null);
  }

  private void beat() {
    offer(Event.HEARTBEAT, streams.config().outboundLimitBytes());
    flush();
  }

  /** Whether the output is closed, and for longer than a busy container takes to report an end. */
  private boolean isLeftClosed() {
    checksClosed = output.isClosedByOthers() ? checksClosed + 1 : 0;
    return checksClosed >= CHECKS_UNTIL_LEFT_CLOSED;
  }

  /** What the guards remember of the client. */
  Admission admission() {
    return admission;
  }

  /** Sets what it shows from now on; false if it has ended already. */
  boolean shows(Feed shown) {
    synchronized (loop) {
      if (loop.isEnded()) {
        return false;
      }
      feed = shown;
      return true;
    }
  }

  /** Bytes that wait, the ones that the output has not released included. */
  int waitingBytes() {
    synchronized (loop) {
      return waitingBytes;
    }
  }

  /** All that waits, up to the largest piece, in one array: a lone piece as it is. */
  private byte[] takeNext() {
    byte[] first = waiting.remove();
    byte[] second = waiting.peek();
    if (second == null || first.length + second.length > Event.LARGEST_PIECE) {
      return first;
    }
    byte[] all = Arrays.copyOf(first, Math.min(Event.LARGEST_PIECE, waitingBytes));
    int end = first.length;
    for (byte[] piece = second;
        piece != null && end + piece.length <= all.length;
        piece = waiting.peek()) {
      System.arraycopy(piece, 0, all, end, piece.length);
      end += piece.length;
      waiting.remove();
    }
    return end == all.length ? all : Arrays.copyOf(all, end);
  }

  /** Writes what waits to the output. */
  private final class Loop extends WritingLoop {

    Loop() {
      super(false);
    }

    @Override
    protected boolean isWaiting() {
      return waitingBytes > 0;
    }

    @Override
    protected boolean isFinished() {
      return finishing;
    }

    @Override
    protected boolean chooseNext() {
      if (writing != null) {
        waitingBytes -= writing.length;
        sent += writing.length;
      }
      writing = waiting.isEmpty() ? null : takeNext();
      return writing != null;
    }

    @Override
    protected boolean isWritable() throws IOException {
      return output.isWritable();
    }

    @Override
    protected void writeChosen() throws IOException {
      output.write(Objects.requireNonNull(writing));
    }

    @Override
    protected void flushOutput() throws IOException {
      output.flush();
    }

    @Override
    protected @Nullable Executor afterOthers() {
      return output.afterOthers();
    }

    @Override
    protected boolean isEnoughForOneWrite() {
      return waitingBytes() >= Event.LARGEST_PIECE;
    }

    @Override
    protected void failed(Throwable cause, Caller caller) {
      if (cause instanceof IOException) { // which only tells that the client is gone
        end(LogKind.ENDED, cause.toString(), null);
      } else {
        end(LogKind.ENDED_BY_FAILURE, "writing failed", cause);
      }
    }

    @Override
    protected void closeOutput() {
      output.close();
    }

    @Override
    protected void stopped(Caller caller, boolean finished) {
      if (finished) {
        end();
      }
    }
  }
}
