package io.github.upgradehandler.benchmarks.scale;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.benchmarks.load.LoadException;
import io.github.upgradehandler.benchmarks.load.Waiting;
import io.github.upgradehandler.client.ClientConfig;
import io.github.upgradehandler.client.ClientRequest;
import io.github.upgradehandler.client.WebSocketClient;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** The connections to a server: most of them quiet, one in a hundred active when it is told to. */
final class Crowd implements AutoCloseable {

  private static final int CONNECTING = 32;
  private static final int ACTIVE_PART = 100;
  private static final long TICK = TimeUnit.MILLISECONDS.toNanos(100);

  private final WebSocketClient client;
  private final InetSocketAddress server;
  private final List<WebSocket> members = Collections.synchronizedList(new ArrayList<>());
  private final List<WebSocket> active = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger delivered = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final AtomicInteger goingAway = new AtomicInteger();
  private final Histogram latencies = new ConcurrentHistogram(TimeUnit.SECONDS.toNanos(60), 3);

  Crowd(InetSocketAddress server) {
    this.server = server;
    // The server alone is to find out who is gone.
    client =
        WebSocketClient.create(
            ClientConfig.builder()
                .webSocket(WebSocketConfig.builder().pingInterval(Duration.ZERO).build())
                .build());
  }

  /** Opens as many, each of which has had one message when this returns. */
  void open(int count) {
    int activeCount = Math.max(1, count / ACTIVE_PART);
    Semaphore connecting = new Semaphore(CONNECTING);
    AtomicReference<@Nullable Throwable> failed = new AtomicReference<>();
    for (int i = 0; i < count; i++) {
      connecting.acquireUninterruptibly();
      Throwable cause = failed.get();
      if (cause != null) {
        throw new LoadException((i - 1) + " of " + count + " are connected, then: " + cause);
      }
      boolean echoes = i < activeCount;
      URI uri =
          URI.create("ws://127.0.0.1:" + server.getPort() + (echoes ? "/echo" : "/broadcast"));
      CompletionStage<WebSocket> connected =
          client.connect(ClientRequest.to(uri), echoes ? new Active() : new Member());
      connected.whenComplete(
          (socket, failure) -> {
            if (failure == null) {
              (echoes ? active : members).add(socket);
            } else {
              failed.set(failure);
            }
            connecting.release();
          });
    }
    connecting.acquireUninterruptibly(CONNECTING);
    if (members.size() + active.size() < count) {
      throw new LoadException(members.size() + active.size() + " of " + count + " are connected");
    }
    broadcast();
    sendByActive();
    Waiting.until("the first answers", () -> answered.get() == active.size());
  }

  /** How many a broadcast reaches. */
  int members() {
    return members.size();
  }

  /** Sends to all members; nanoseconds until the last has it. */
  long broadcast() {
    int due = delivered.get() + members.size();
    long begin = System.nanoTime();
    members.get(0).sendText("to all of you");
    Waiting.until("a broadcast", () -> delivered.get() == due);
    return System.nanoTime() - begin;
  }

  /** Has the active ones send ten messages a second, for that long. */
  Histogram activity(long nanos) {
    latencies.reset();
    long due = System.nanoTime();
    long end = due + nanos;
    for (; due < end; due += TICK) {
      while (System.nanoTime() < due) {
        LockSupport.parkNanos(due - System.nanoTime());
      }
      sendByActive();
    }
    return latencies;
  }

  /** Waits for the end of all; the part of them that were told that the server goes away. */
  double awaitEnd() {
    int all = members.size() + active.size();
    Waiting.until("the end of all", () -> ended.get() >= all);
    return (double) goingAway.get() / all;
  }

  @Override
  public void close() {
    client.connections().forEach(WebSocket::abort);
    client.close();
  }

  private void sendByActive() {
    for (WebSocket each : active) {
      each.sendText(Long.toString(System.nanoTime()));
    }
  }

  private class Member implements WebSocketHandler {
    @Override
    public void onText(WebSocket socket, String text) {
      delivered.incrementAndGet();
    }

    @Override
    public void onClose(WebSocket socket, CloseEvent event) {
      if (event.code() == CloseStatus.GOING_AWAY.code()) {
        goingAway.incrementAndGet();
      }
      ended.incrementAndGet();
    }
  }

  private final class Active extends Member {
    @Override
    public void onText(WebSocket socket, String text) {
      latencies.recordValue(System.nanoTime() - Long.parseLong(text));
      answered.incrementAndGet();
    }
  }
}
