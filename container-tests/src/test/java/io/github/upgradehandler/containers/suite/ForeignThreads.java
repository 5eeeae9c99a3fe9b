package io.github.upgradehandler.containers.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.containers.wire.Frame;
import io.github.upgradehandler.containers.wire.Frames;
import io.github.upgradehandler.containers.wire.SocketClient;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Sending to a connection from the threads of others. */
public interface ForeignThreads extends Suite {

  int CLIENTS = 8;
  int MESSAGES = 400;
  int MESSAGE_BYTES = 8 * 1024;
  int SMALL_RECEIVE_BUFFER = 16 * 1024;

  /**
   * How many of its messages a client may be ahead of what all have read: together far less than
   * the sample lets wait for one receiver, however busy the machine is.
   */
  int AHEAD = 16;

  /** Each gets the messages of all, and those of each in order, although buffers are full. */
  @Test
  default void eight_threads_send_to_eight_connections() throws Exception {
    List<SocketClient> clients = new ArrayList<>();
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      for (int i = 0; i < CLIENTS; i++) {
        clients.add(SocketClient.open(broadcast(), SMALL_RECEIVE_BUFFER));
      }
      List<Future<?>> work = new ArrayList<>();
      Pace pace = new Pace();
      for (int i = 0; i < CLIENTS; i++) {
        int number = i;
        SocketClient client = clients.get(i);
        work.add(threads.submit(() -> send(client, number, pace)));
        work.add(threads.submit(() -> receive(client, pace)));
      }
      for (Future<?> part : work) {
        part.get(40, TimeUnit.SECONDS);
      }
    } finally {
      for (SocketClient client : clients) {
        client.close();
      }
      threads.shutdownNow();
    }
  }

  private static Void send(SocketClient client, int number, Pace pace) throws Exception {
    byte[] payload = new byte[MESSAGE_BYTES];
    Arrays.fill(payload, (byte) number);
    for (int i = 0; i < MESSAGES; i++) {
      assertThat(pace.mayGoOn(number)).as("message %d may be sent", i).isTrue();
      ByteBuffer.wrap(payload).putInt(number).putInt(i);
      client.write(Frames.binary(payload));
    }
    return null;
  }

  private static Void receive(SocketClient client, Pace pace) throws Exception {
    int[] next = new int[CLIENTS];
    for (int i = 0; i < CLIENTS * MESSAGES; i++) {
      Frame frame = client.readFrame();
      assertThat(frame.opcode()).isEqualTo(Frame.BINARY);
      assertThat(frame.payload()).hasSize(MESSAGE_BYTES);
      ByteBuffer payload = ByteBuffer.wrap(frame.payload());
      int sender = payload.getInt();
      int message = payload.getInt();
      assertThat(message).as("the next of %d", sender).isEqualTo(next[sender]++);
      assertThat(frame.payload()[MESSAGE_BYTES - 1]).isEqualTo((byte) sender);
      pace.received(sender, message);
    }
    return null;
  }

  /** Holds a sender back until the slowest has read. */
  final class Pace {

    private final AtomicIntegerArray receivers = new AtomicIntegerArray(CLIENTS * MESSAGES);
    private final List<Semaphore> ahead =
        Stream.generate(() -> new Semaphore(AHEAD)).limit(CLIENTS).toList();

    boolean mayGoOn(int sender) throws InterruptedException {
      return ahead.get(sender).tryAcquire(20, TimeUnit.SECONDS);
    }

    void received(int sender, int message) {
      if (receivers.incrementAndGet(sender * MESSAGES + message) == CLIENTS) {
        ahead.get(sender).release();
      }
    }
  }
}
