package io.github.upgradehandler.client.internal;

import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Connects to the first of several addresses that answers (RFC 8305): another one is tried when one
 * has failed, or after 250 ms, and those begun before are waited for further on. Confined to the
 * loop's thread.
 */
final class Connector {

  /** RFC 8305 section 5. */
  private static final long ATTEMPT_DELAY_MILLIS = 250;

  /** Is told once, on the loop's thread. */
  interface Result {

    /** It stands; the port tells nobody yet. */
    void connected(Port port);

    /** No address has answered. */
    void failed(IOException cause);
  }

  private final IoLoop loop;
  private final ScheduledExecutorService timer;
  private final Result result;
  private final Queue<InetSocketAddress> untried;
  private final Set<Port> trying = new HashSet<>();
  private final List<IOException> failures = new ArrayList<>();
  private @Nullable Future<?> next;
  private boolean over;

  Connector(
      IoLoop loop,
      ScheduledExecutorService timer,
      List<InetSocketAddress> addresses,
      Result result) {
    this.loop = loop;
    this.timer = timer;
    this.untried = new ArrayDeque<>(addresses);
    this.result = result;
  }

  /** The addresses with the families in turn, the first one's first (RFC 8305 section 4). */
  static List<InetSocketAddress> inTurn(InetAddress[] addresses, int port) {
    Deque<InetAddress> same = new ArrayDeque<>();
    Deque<InetAddress> other = new ArrayDeque<>();
    boolean six = addresses[0] instanceof Inet6Address;
    for (InetAddress address : addresses) {
      (address instanceof Inet6Address == six ? same : other).add(address);
    }
    List<InetSocketAddress> turn = new ArrayList<>();
    while (!same.isEmpty() || !other.isEmpty()) {
      for (Deque<InetAddress> family : List.of(same, other)) {
        if (!family.isEmpty()) {
          turn.add(new InetSocketAddress(family.remove(), port));
        }
      }
    }
    return turn;
  }

  /** Begins. */
  void tryNext() {
    if (over) {
      return;
    }
    if (next != null) {
      next.cancel(false);
    }
    InetSocketAddress address = untried.poll();
    if (address == null) {
      if (trying.isEmpty()) {
        fail();
      }
      return;
    }
    if (!untried.isEmpty()) {
      next =
          timer.schedule(
              () -> loop.execute(this::tryNext), ATTEMPT_DELAY_MILLIS, TimeUnit.MILLISECONDS);
    }
    try {
      attempt(address);
    } catch (IOException | RuntimeException e) {
      failed(address, e);
    }
  }

  /** Gives up; the result is told nothing. */
  void cancel() {
    over = true;
    if (next != null) {
      next.cancel(false);
    }
    trying.forEach(Port::close);
    trying.clear();
  }

  private void attempt(InetSocketAddress address) throws IOException {
    SocketChannel channel = SocketChannel.open();
    try {
      channel.configureBlocking(false);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      Attempt attempt = new Attempt(address);
      Port port = new Port(loop, channel, attempt);
      attempt.port = port;
      port.register();
      trying.add(port);
      if (channel.connect(address)) {
        won(port);
      } else {
        port.want(SelectionKey.OP_CONNECT);
      }
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private void won(Port port) {
    trying.remove(port);
    cancel();
    result.connected(port);
  }

  private void failed(InetSocketAddress address, Exception cause) {
    failures.add(
        new IOException(address.getAddress().getHostAddress() + ": " + reason(cause), cause));
    tryNext();
  }

  private void fail() {
    over = true;
    StringBuilder message = new StringBuilder();
    failures.forEach(f -> message.append(message.length() == 0 ? "" : "; ").append(f.getMessage()));
    ConnectException failure = new ConnectException(message.toString());
    failures.forEach(failure::addSuppressed);
    result.failed(failure);
  }

  private static String reason(Exception cause) {
    return cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage();
  }

  /** One that is under way. */
  private final class Attempt implements Port.Listener {

    private final InetSocketAddress address;
    private @Nullable Port port;

    Attempt(InetSocketAddress address) {
      this.address = address;
    }

    @Override
    public void ready(int operations) {
      Port mine = port;
      if (over || mine == null) {
        return;
      }
      try {
        if (!mine.channel().finishConnect()) {
          mine.want(SelectionKey.OP_CONNECT);
          return;
        }
      } catch (IOException e) {
        trying.remove(mine);
        mine.close();
        failed(address, e);
        return;
      }
      won(mine);
    }
  }
}
