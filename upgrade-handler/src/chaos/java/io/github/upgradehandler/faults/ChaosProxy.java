package io.github.upgradehandler.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Stands between a client and a server on TCP, and does to their streams what networks do: delays,
 * cuts into single bytes, ends in one direction or in both, resets. A conversation is what happens
 * from one {@link #begin()} to the next, on one connection or on several.
 */
public final class ChaosProxy implements AutoCloseable {

  private static final int LARGEST_READ = 2000;
  private static final int LONGEST_DELAY_MILLIS = 20;

  /** Of so many reads one each is followed by an end. */
  private static final int READS_FOR_AN_END = 400;

  private final ServerSocket listening = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
  private final int target;
  private final Random seeds;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile AtomicBoolean ended = new AtomicBoolean();

  public ChaosProxy(int target, long seed) throws IOException {
    this.target = target;
    this.seeds = new Random(seed);
    start("accept", this::accept);
  }

  public int port() {
    return listening.getLocalPort();
  }

  /** The connections that come now belong to a new conversation. */
  public void begin() {
    ended = new AtomicBoolean();
  }

  /** Whether an end was done to a connection of this conversation. */
  public boolean hasEnded() {
    return ended.get();
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listening.accept();
        Socket server = new Socket(listening.getInetAddress(), target);
        open.add(client);
        open.add(server);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        int port = client.getPort();
        AtomicBoolean endedHere = ended;
        long seed = seeds.nextLong();
        AtomicInteger directions = new AtomicInteger(2);
        start("up " + port, () -> pump(client, server, endedHere, new Random(seed), directions));
        start("down " + port, () -> pump(server, client, endedHere, new Random(~seed), directions));
      }
    } catch (IOException e) {
      return; // closed
    }
  }

  private void pump(
      Socket from, Socket to, AtomicBoolean endedHere, Random random, AtomicInteger directions) {
    byte[] bytes = new byte[LARGEST_READ];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        pass(bytes, count, out, random);
        if (random.nextInt(READS_FOR_AN_END) == 0) {
          endedHere.set(true);
          end(from, to, random);
        }
      }
      to.shutdownOutput();
    } catch (IOException e) {
      close(from);
      close(to);
    } finally {
      if (directions.decrementAndGet() == 0) {
        close(from);
        close(to);
        open.remove(from);
        open.remove(to);
      }
    }
  }

  private static void pass(byte[] bytes, int count, OutputStream out, Random random)
      throws IOException {
    switch (random.nextInt(4)) {
      case 0 -> {
        for (int i = 0; i < count; i++) {
          out.write(bytes, i, 1);
        }
      }
      case 1 -> {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextInt(LONGEST_DELAY_MILLIS)));
        out.write(bytes, 0, count);
      }
      default -> out.write(bytes, 0, count);
    }
  }

  private static void end(Socket from, Socket to, Random random) throws IOException {
    switch (random.nextInt(3)) {
      case 0 -> to.shutdownOutput();
      case 1 -> {
        from.close();
        to.close();
      }
      default -> {
        from.setSoLinger(true, 0);
        to.setSoLinger(true, 0);
        from.close();
        to.close();
      }
    }
  }

  private static void start(String name, Runnable work) {
    Thread thread = new Thread(work, "chaos " + name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      return; // closed all the same
    }
  }

  @Override
  public void close() throws IOException {
    listening.close();
    open.forEach(ChaosProxy::close);
  }
}
