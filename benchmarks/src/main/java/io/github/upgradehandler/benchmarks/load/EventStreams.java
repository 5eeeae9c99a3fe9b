package io.github.upgradehandler.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Event streams that are read by the calling thread. An event ends with an empty line (HTML section
 * 9.2.5), and nothing else of what a server sends does with line feeds alone.
 */
final class EventStreams implements Driver {

  private static final int READ_BYTES = 256 << 10;
  private static final long LONGEST_STALL = TimeUnit.SECONDS.toNanos(10);

  private final Row row;
  private final InetSocketAddress server;
  private final Selector selector;
  private final ByteBuffer buffer = ByteBuffer.allocate(READ_BYTES);
  private final Histogram latencies = new Histogram(1, TimeUnit.SECONDS.toNanos(60), 3);
  private long done;
  private int begun;

  EventStreams(Row row, InetSocketAddress server) {
    this.row = row;
    this.server = server;
    try {
      selector = Selector.open();
    } catch (IOException e) {
      throw new LoadException("no selector", e);
    }
  }

  /** What of a stream the next bytes go on with. */
  private static final class Stream {
    private boolean begun;
    private boolean endOfLine;
  }

  @Override
  public void start(int connections) {
    byte[] request =
        ("GET " + row.path() + " HTTP/1.1\r\nHost: 127.0.0.1:" + server.getPort() + "\r\n\r\n")
            .getBytes(StandardCharsets.US_ASCII);
    try {
      for (int i = 0; i < connections; i++) {
        SocketChannel channel = SocketChannel.open(server);
        channel.write(ByteBuffer.wrap(request));
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, new Stream());
      }
    } catch (IOException e) {
      throw new LoadException("cannot connect: " + e.getMessage(), e);
    }
    long end = System.nanoTime() + LONGEST_STALL;
    while (begun < connections) {
      poll();
      if (System.nanoTime() - end > 0) {
        throw new LoadException("only " + begun + " streams have had an event after 10 s");
      }
    }
  }

  @Override
  public void run(long nanos) {
    long end = System.nanoTime() + nanos;
    while (System.nanoTime() < end) {
      poll();
    }
  }

  @Override
  public long done() {
    return done;
  }

  /** Nobody knows here when an event was sent. */
  @Override
  public Histogram latencies() {
    return latencies;
  }

  @Override
  public void close() {
    try {
      for (SelectionKey key : selector.keys()) {
        key.channel().close();
      }
      selector.close();
    } catch (IOException e) {
      throw new LoadException("cannot close", e);
    }
  }

  private void poll() {
    try {
      selector.selectNow(this::read); // as a row of a pace does, see Row.isAwake
    } catch (IOException e) {
      throw new LoadException(String.valueOf(e.getMessage()), e);
    }
  }

  private void read(SelectionKey key) {
    Stream stream = (Stream) key.attachment();
    buffer.clear();
    try {
      if (((SocketChannel) key.channel()).read(buffer) < 0) {
        throw new LoadException("the server has ended a stream");
      }
    } catch (IOException e) {
      throw new LoadException(String.valueOf(e.getMessage()), e);
    }
    buffer.flip();
    while (buffer.hasRemaining()) {
      boolean endOfLine = buffer.get() == '\n';
      if (endOfLine && stream.endOfLine) {
        ended(stream);
      }
      stream.endOfLine = endOfLine;
    }
  }

  private void ended(Stream stream) {
    done++;
    if (!stream.begun) {
      stream.begun = true;
      begun++;
    }
  }
}
