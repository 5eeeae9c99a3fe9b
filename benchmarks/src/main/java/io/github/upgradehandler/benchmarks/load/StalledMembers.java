package io.github.upgradehandler.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.HdrHistogram.Histogram;

/**
 * A room to which one member sends at a steady pace, while a few others read nothing; driven by the
 * calling thread. Latency counts from when a message was due, so that one that goes out late counts
 * too.
 */
final class StalledMembers implements AutoCloseable {

  static final int STALLED = 10;

  /**
   * Long enough for a server to give a member up: its send buffer is full within a second, its
   * bound on what waits is reached some three later, and TCP ends after 10 s without progress.
   */
  static final long WITH_STALLED = TimeUnit.SECONDS.toNanos(15);

  private static final long INTERVAL = TimeUnit.MILLISECONDS.toNanos(50);
  private static final int SMALL_RECEIVE_BUFFER = 4096;
  private static final int READ_BYTES = 256 << 10;
  private static final int MOST_ON_THEIR_WAY = 1024;
  private static final long LONGEST_WAIT = TimeUnit.SECONDS.toNanos(10);
  private static final long LONGEST_DRAINING = TimeUnit.SECONDS.toNanos(1);
  private static final int MOST_CONNECTING = 32;

  private final Row row;
  private final Tape tape;
  private final InetSocketAddress server;
  private final Selector selector;
  private final byte[] bytes = new byte[READ_BYTES];
  private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
  private final List<Peer> readers = new ArrayList<>();
  private final long[] dueAt = new long[MOST_ON_THEIR_WAY];
  private Histogram latencies = new Histogram(TimeUnit.SECONDS.toNanos(60), 3);
  private long published;
  private long delivered;
  private int ended;

  StalledMembers(Row row, Tape tape, InetSocketAddress server) throws IOException {
    this.row = row;
    this.tape = tape;
    this.server = server;
    selector = Selector.open();
    while (readers.size() < row.connections() - STALLED) {
      int next = Math.min(MOST_CONNECTING, row.connections() - STALLED - readers.size());
      readers.addAll(connected(next, 0));
    }
  }

  long delivered() {
    return delivered;
  }

  /** Broadcasts for that long, and waits until all have everything. */
  Histogram broadcast(long nanos) throws IOException {
    latencies = new Histogram(TimeUnit.SECONDS.toNanos(60), 3);
    long due = System.nanoTime();
    long end = due + nanos;
    for (; due < end; due += INTERVAL) {
      long next = due;
      pollUntil(() -> System.nanoTime() >= next, next);
      dueAt[(int) (published++ % MOST_ON_THEIR_WAY)] = due;
      readers.get(0).send(1);
    }
    await("all messages", () -> readers.stream().allMatch(each -> each.received() == published));
    return latencies;
  }

  /** The same beside members that take no more than the handshake, long enough for their end. */
  Histogram broadcastWithStalled() throws IOException {
    List<Peer> stalled = connected(STALLED, SMALL_RECEIVE_BUFFER);
    stalled.forEach(Peer::stall);
    Histogram result = broadcast(WITH_STALLED);
    ended += end(stalled);
    return result;
  }

  /** How many of those the server has ended. */
  int ended() {
    return ended;
  }

  /** How many the server has ended, behind what lies in the buffers; then all are. */
  private int end(List<Peer> stalled) {
    Set<Peer> open = new HashSet<>(stalled);
    long deadline = System.nanoTime() + LONGEST_DRAINING;
    while (!open.isEmpty() && System.nanoTime() < deadline) {
      open.removeIf(each -> each.isEnded(buffer));
    }
    stalled.forEach(Peer::abort);
    return stalled.size() - open.size();
  }

  @Override
  public void close() throws IOException {
    readers.forEach(Peer::abort);
    selector.close();
  }

  private List<Peer> connected(int count, int receiveBuffer) throws IOException {
    List<Peer> connecting = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      connecting.add(new Peer(row, tape, server, selector, receiveBuffer));
    }
    await(
        "connections", () -> connecting.stream().allMatch(each -> each.state() == Peer.State.OPEN));
    return connecting;
  }

  private void await(String what, BooleanSupplier condition) throws IOException {
    long deadline = System.nanoTime() + LONGEST_WAIT;
    pollUntil(condition, deadline);
    if (!condition.getAsBoolean()) {
      throw new LoadException("waited in vain for " + what);
    }
  }

  private void pollUntil(BooleanSupplier condition, long deadline) throws IOException {
    while (!condition.getAsBoolean()) {
      long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
      if (left > 0) {
        selector.select(this::handle, left);
      } else if (selector.selectNow(this::handle) == 0 && System.nanoTime() >= deadline) {
        return;
      }
    }
  }

  private void handle(SelectionKey key) {
    Peer peer = (Peer) key.attachment();
    try {
      if (peer.state() == Peer.State.CONNECTING) {
        if (key.isConnectable()) {
          peer.connected();
        }
        return;
      }
      if (key.isWritable()) {
        peer.write();
      }
      if (key.isReadable()) {
        int messages = peer.read(bytes, buffer);
        long now = System.nanoTime();
        for (long message = peer.received() - messages; message < peer.received(); message++) {
          latencies.recordValue(now - dueAt[(int) (message % MOST_ON_THEIR_WAY)]);
        }
        delivered += messages;
      }
    } catch (IOException e) {
      throw new LoadException(peer.state() + ": " + e.getMessage(), e);
    }
  }
}
