package io.github.upgradehandler.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/** All connections of a row, driven by the calling thread. */
final class LoadClient implements Driver {

  private static final int READ_BYTES = 256 << 10;
  private static final int MOST_CONNECTING = 32;
  private static final long POLL_MILLIS = 50;
  private static final long PACE = TimeUnit.MILLISECONDS.toNanos(5);
  private static final long SETTLING = TimeUnit.MILLISECONDS.toNanos(500);
  private static final long LONGEST_STALL = TimeUnit.SECONDS.toNanos(10);

  private final Row row;
  private final List<InetSocketAddress> servers;
  private final Tape tape;
  private final Selector selector;
  private final byte[] bytes = new byte[READ_BYTES];
  private final ByteBuffer buffer = ByteBuffer.wrap(bytes);
  private final List<Peer> peers = new ArrayList<>();
  private final Histogram latencies = new Histogram(TimeUnit.SECONDS.toNanos(60), 3);

  /** Messages that came back, deliveries, or connections that were opened and closed. */
  private long done;

  private boolean pacing;
  private boolean underWay;
  private long published;
  private long publishedAt = System.nanoTime();
  private long lastDone = -1;
  private long lastProgress;

  /** Not yet connected; the connections will be spread over the servers evenly. */
  LoadClient(Row row, Tape tape, List<InetSocketAddress> servers) {
    this.row = row;
    this.tape = tape;
    this.servers = servers;
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new LoadException("no selector", e);
    }
  }

  @Override
  public long done() {
    return done;
  }

  @Override
  public Histogram latencies() {
    return latencies;
  }

  @Override
  public void start(int connections) {
    lastProgress = System.nanoTime();
    while (peers.size() < connections || open() < connections) {
      while (peers.size() < connections && peers.size() - open() < MOST_CONNECTING) {
        peers.add(newPeer(peers.size()));
      }
      poll();
      if (row.load() == Load.CONNECT && peers.size() == connections) {
        return;
      }
    }
    try {
      switch (row.load()) {
        case ECHO -> {
          for (Peer peer : peers) {
            peer.send(row.depth());
          }
        }
        case IDLE -> exchangeOne();
        case BROADCAST, PACED -> {
          run(SETTLING); // some tell the application of a connection after they told its client
          published = done / peers.size(); // what a room tells those that join it
          publishedAt = System.nanoTime();
          pacing = row.load() == Load.PACED;
          if (!pacing) {
            publish();
          }
        }
        case CONNECT, LISTEN -> {}
        case STALLED -> throw new IllegalArgumentException("driven by StalledMembers");
        case POLLING -> throw new IllegalArgumentException("driven by PollingClient");
        case EVENT_STREAMS -> throw new IllegalArgumentException("driven by EventStreams");
      }
    } catch (IOException e) {
      throw new LoadException("cannot send: " + e.getMessage(), e);
    }
  }

  @Override
  public void run(long nanos) {
    lastProgress = System.nanoTime(); // before, another server may have had its turn
    long end = lastProgress + nanos;
    while (System.nanoTime() < end) {
      poll();
    }
  }

  @Override
  public void close() {
    peers.forEach(Peer::abort);
    try {
      selector.close();
    } catch (IOException e) {
      throw new LoadException("cannot close the selector", e);
    }
  }

  private int open() {
    int count = 0;
    for (Peer peer : peers) {
      if (!peer.isOpening()) {
        count++;
      }
    }
    return count;
  }

  private void exchangeOne() throws IOException {
    done = 0;
    for (Peer peer : peers) {
      peer.send(1);
    }
    while (done < peers.size()) {
      poll();
    }
  }

  /**
   * That a write of the server wakes another processor costs as much again as the write, in one
   * turn and not in the next, whoever writes.
   */
  private void select() throws IOException {
    if (row.isAwake()) {
      selector.selectNow(this::handle);
    } else {
      selector.select(this::handle, POLL_MILLIS);
    }
  }

  private void poll() {
    try {
      select();
      if (pacing) {
        publishWhenDue();
      } else if (row.load() == Load.BROADCAST && published > 0) {
        publish();
      }
    } catch (IOException e) {
      throw new LoadException(String.valueOf(e.getMessage()), e);
    }
    long now = System.nanoTime();
    if (done != lastDone || open() < peers.size()) {
      lastDone = done;
      lastProgress = now;
    } else if (now - lastProgress > LONGEST_STALL && row.load() != Load.IDLE) {
      throw new LoadException("nothing came back for 10 s");
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
        boolean wasOpening = peer.isOpening();
        int messages = peer.read(bytes, buffer);
        if (wasOpening && peer.state() == Peer.State.OPEN) {
          opened(peer);
        }
        if (messages > 0) {
          arrived(peer, messages);
        }
        if (peer.state() == Peer.State.CLOSED) {
          replace(peer);
        }
      }
    } catch (IOException e) {
      throw new LoadException(peer.state() + ": " + e.getMessage(), e);
    }
  }

  private void opened(Peer peer) throws IOException {
    if (row.load() == Load.CONNECT) {
      latencies.recordValue(System.nanoTime() - peer.since());
      peer.close();
    }
  }

  private void arrived(Peer peer, int messages) throws IOException {
    done += messages;
    if (row.load() == Load.ECHO) {
      if (row.depth() == 1) {
        latencies.recordValue(System.nanoTime() - peer.since());
      }
      peer.send(messages);
    }
  }

  private void replace(Peer peer) {
    done++;
    int index = peers.indexOf(peer);
    peers.set(index, newPeer(index));
  }

  private Peer newPeer(int index) {
    return new Peer(row, tape, servers.get(index % servers.size()), selector);
  }

  /** As many messages are on their way as the row's depth, counted by what all have received. */
  private void publish() throws IOException {
    long due = done / peers.size() + row.depth() - published;
    if (due > 0) {
      if (row.depth() == 1) {
        latencies.recordValue(System.nanoTime() - publishedAt); // until the last has it
      }
      publishedAt = System.nanoTime();
      published += due;
      peers.get(0).send((int) due);
    }
  }

  private void publishWhenDue() throws IOException {
    long now = System.nanoTime();
    if (underWay && done / peers.size() >= published) {
      latencies.recordValue(now - publishedAt);
      underWay = false;
    }
    if (!underWay && now - publishedAt >= PACE) {
      publishedAt += PACE; // when it was due
      published++;
      underWay = true;
      peers.get(0).send(1);
    }
  }
}
