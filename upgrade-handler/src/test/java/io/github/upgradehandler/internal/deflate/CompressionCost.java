package io.github.upgradehandler.internal.deflate;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.internal.connection.Connection;
import io.github.upgradehandler.internal.connection.ConnectionGroup;
import io.github.upgradehandler.internal.protocol.Extension;
import io.github.upgradehandler.internal.protocol.MessageEncoder;
import io.github.upgradehandler.internal.work.SweepTimer;
import io.github.upgradehandler.spi.Role;
import io.github.upgradehandler.testing.BottomlessTransport;
import io.github.upgradehandler.testing.Connections;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/**
 * Prints what a JSON message of 1 KiB costs the server in CPU, compressed and not: received, sent,
 * and broadcast to 500. Everything but the container and the kernel takes part. Not a test.
 */
public final class CompressionCost {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final int MESSAGES = 64;
  private static final int MESSAGE_BYTES = 1024;
  private static final int ROUNDS = 15;
  private static final int WARM_UP_ROUNDS = 6;
  private static final int SINGLE = 20_000;
  private static final int BROADCASTS = 40;
  private static final int RECEIVERS = 500;

  private final String[] json = messages();
  private final SweepTimer deadlines = new SweepTimer();

  private CompressionCost() {}

  public static void main(String[] args) {
    CompressionCost cost = new CompressionCost();
    System.out.printf("%-44s %12s %14s%n", "1 KiB of JSON", "CPU in us", "bytes to send");
    cost.print("not compressed", config(6, false), null);
    for (int level : new int[] {1, 6, 9}) {
      cost.print("level " + level, config(level, false), "permessage-deflate");
    }
    cost.print("level 6, context takeover", config(6, true), "permessage-deflate");
    cost.print(
        "level 6, a window of 9 bits",
        config(6, false),
        "permessage-deflate; server_max_window_bits=9");
    cost.deadlines.close();
  }

  private void print(String name, WebSocketConfig config, String offer) {
    Extension extension = offer == null ? null : Negotiated.extension(Role.SERVER, config, offer);
    ConnectionGroup group = new ConnectionGroup(config, deadlines, getClass().getClassLoader());
    receive(name, group, extension);
    send(name, group, extension);
    broadcast(name, group, extension);
  }

  private void receive(String name, ConnectionGroup group, Extension extension) {
    BottomlessTransport wire = new BottomlessTransport();
    Connection connection = open(group, wire, extension);
    byte[][] frames = frames(extension);
    row(name + ": receive", 0, SINGLE, i -> wire.bring(connection, frames[i % MESSAGES]));
  }

  private void send(String name, ConnectionGroup group, Extension extension) {
    BottomlessTransport wire = new BottomlessTransport();
    Connection connection = open(group, wire, extension);
    IntConsumer send = i -> connection.sendText(json[i % MESSAGES]);
    IntStream.range(0, MESSAGES).forEach(send);
    long bytes = wire.written() / MESSAGES;
    row(name + ": send", bytes, SINGLE, send);
  }

  private void broadcast(String name, ConnectionGroup group, Extension extension) {
    BottomlessTransport wire = new BottomlessTransport();
    Connection[] receivers = new Connection[RECEIVERS];
    Arrays.setAll(receivers, i -> open(group, wire, extension));
    IntConsumer broadcast =
        i -> {
          PreparedMessage message = PreparedMessage.text(json[i % MESSAGES]);
          for (Connection receiver : receivers) {
            receiver.send(message);
          }
        };
    IntStream.range(0, MESSAGES).forEach(broadcast);
    row(name + ": to " + RECEIVERS, wire.written() / MESSAGES, BROADCASTS, broadcast);
  }

  /** The median of the rounds. */
  private static void row(String name, long bytes, int times, IntConsumer work) {
    long[] nanos = new long[ROUNDS];
    for (int round = -WARM_UP_ROUNDS; round < ROUNDS; round++) {
      long before = THREADS.getCurrentThreadCpuTime();
      IntStream.range(0, times).forEach(work);
      nanos[Math.max(round, 0)] = (THREADS.getCurrentThreadCpuTime() - before) / times;
    }
    Arrays.sort(nanos);
    System.out.printf("%-44s %12.2f %14d%n", name, nanos[ROUNDS / 2] / 1000.0, bytes);
  }

  private byte[][] frames(Extension extension) {
    byte[][] frames = new byte[MESSAGES][];
    for (int i = 0; i < MESSAGES; i++) {
      byte[] payload = json[i].getBytes(StandardCharsets.UTF_8);
      if (extension == null) {
        frames[i] = Frames.ofClient(0x81, payload);
      } else {
        MessageEncoder encoder = extension.newEncoder();
        ByteBuffer encoded = encoder.encode(ByteBuffer.wrap(payload), true);
        byte[] compressed = new byte[encoded.remaining()];
        encoded.get(compressed);
        encoder.release();
        frames[i] = Frames.ofClient(Frames.COMPRESSED_TEXT, compressed);
      }
    }
    return frames;
  }

  private static Connection open(
      ConnectionGroup group, BottomlessTransport wire, Extension extension) {
    Connection connection =
        Connections.connect(
            group,
            wire,
            new Handshake.Builder("/").build(),
            null,
            extension,
            new WebSocketHandler() {});
    connection.onStarted();
    connection.onWritable();
    return connection;
  }

  private static WebSocketConfig config(int level, boolean takeover) {
    return WebSocketConfig.builder()
        .compression(true)
        .compressionLevel(level)
        .compressionContextTakeover(takeover)
        .pingInterval(Duration.ZERO) // nobody answers
        .build();
  }

  private static String[] messages() {
    Random random = new Random(1);
    String[] messages = new String[MESSAGES];
    for (int i = 0; i < MESSAGES; i++) {
      StringBuilder text = new StringBuilder("{\"type\":\"quotes\",\"items\":[");
      while (text.length() < MESSAGE_BYTES) {
        text.append("{\"symbol\":\"")
            .append((char) ('A' + random.nextInt(26)))
            .append((char) ('A' + random.nextInt(26)))
            .append((char) ('A' + random.nextInt(26)))
            .append("\",\"price\":")
            .append(random.nextInt(1_000_000) / 100.0)
            .append(",\"volume\":")
            .append(random.nextInt(100_000))
            .append(",\"currency\":\"EUR\",\"open\":true},");
      }
      messages[i] = text.substring(0, MESSAGE_BYTES - 2) + "]}";
    }
    return messages;
  }
}
