package io.github.upgradehandler.benchmarks.load;

import io.github.upgradehandler.internal.frame.FrameWriter;
import io.github.upgradehandler.internal.frame.Opcode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.zip.Deflater;

/**
 * The frames that a row sends, built once and sent round and round. They differ, so that neither
 * compression nor branch prediction meets the same message every time.
 */
final class Tape {

  private static final int MOST_FRAMES = 64;
  private static final int MOST_BYTES = 4 << 20;
  private static final int FRAGMENT_BYTES = 256;
  private static final String MANY_LANGUAGES = "Grüße, 世界! Привет мир, naïve café 😀";

  /** RSV1: compressed (RFC 7692 section 6). */
  private static final int COMPRESSED = 0x40;

  private final List<byte[]> payloads = new ArrayList<>();
  private final List<byte[]> answers = new ArrayList<>();
  private final int frames;
  private final ByteBuffer bytes;
  private final int[] starts;

  private Tape(
      int frames, ByteBuffer bytes, int[] starts, List<byte[]> payloads, List<byte[]> answers) {
    this.frames = frames;
    this.bytes = bytes;
    this.starts = starts;
    this.payloads.addAll(payloads);
    this.answers.addAll(answers);
  }

  static Tape of(Row row) {
    int frames = Math.max(1, Math.min(MOST_FRAMES, MOST_BYTES / row.payloadBytes()));
    Random random = new Random(row.payloadBytes());
    FrameWriter writer = FrameWriter.client(random::nextInt);
    List<byte[]> payloads = new ArrayList<>();
    List<byte[]> answers = new ArrayList<>();
    List<byte[]> encoded = new ArrayList<>();
    for (int i = 0; i < frames; i++) {
      byte[] content = payload(row, random);
      byte[] payload = sent(row, content);
      payloads.add(payload);
      answers.add(answer(row, content));
      encoded.add(encode(row, payload, writer));
    }
    // The first ones come again at the end: as many as are sent at once lie side by side.
    int length = frames + row.depth();
    int[] starts = new int[length + 1];
    for (int i = 0; i < length; i++) {
      starts[i + 1] = starts[i] + encoded.get(i % frames).length;
    }
    ByteBuffer bytes = ByteBuffer.allocateDirect(starts[length]);
    for (int i = 0; i < length; i++) {
      bytes.put(encoded.get(i % frames));
    }
    return new Tape(frames, bytes, starts, payloads, answers);
  }

  /** A view with a position and limit of its own. */
  ByteBuffer view() {
    return bytes.duplicate().clear();
  }

  /** After how many frames the tape begins anew. */
  int frames() {
    return frames;
  }

  /** Where a frame begins; from {@link #frames} on they are the first ones again. */
  int start(int frame) {
    return starts[frame];
  }

  byte[] payload(int message) {
    return payloads.get(message % frames);
  }

  /** What comes back of a message. */
  byte[] answer(int message) {
    return answers.get(message % frames);
  }

  private static byte[] sent(Row row, byte[] content) {
    return switch (row.payload()) {
      case EVENT -> event("421[\"echo\",\"", content);
      case BROADCAST_EVENT -> event("42[\"broadcast\",\"", content);
      default -> content;
    };
  }

  private static byte[] answer(Row row, byte[] content) {
    return row.payload() == Payload.EVENT ? event("431[\"", content) : sent(row, content);
  }

  private static byte[] event(String beginning, byte[] argument) {
    return (beginning + new String(argument, StandardCharsets.US_ASCII) + "\"]")
        .getBytes(StandardCharsets.US_ASCII);
  }

  private static byte[] encode(Row row, byte[] payload, FrameWriter writer) {
    return switch (row.payload()) {
      case BINARY -> writer.frame(Opcode.BINARY, true, 0, ByteBuffer.wrap(payload));
      case FRAGMENTED_TEXT -> fragments(payload, writer);
      case DEFLATED_JSON, DEFLATED_JSON_TAKEOVER ->
          writer.frame(Opcode.TEXT, true, COMPRESSED, ByteBuffer.wrap(deflated(payload)));
      default -> writer.frame(Opcode.TEXT, true, 0, ByteBuffer.wrap(payload));
    };
  }

  private static byte[] fragments(byte[] payload, FrameWriter writer) {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    for (int at = 0; at < payload.length; at += FRAGMENT_BYTES) {
      int count = Math.min(FRAGMENT_BYTES, payload.length - at);
      Opcode opcode = at == 0 ? Opcode.TEXT : Opcode.CONTINUATION;
      boolean fin = at + count == payload.length;
      frames.writeBytes(writer.frame(opcode, fin, 0, ByteBuffer.wrap(payload, at, count)));
    }
    return frames.toByteArray();
  }

  private static byte[] payload(Row row, Random random) {
    return switch (row.payload()) {
      case BINARY -> {
        byte[] payload = new byte[row.payloadBytes()];
        random.nextBytes(payload);
        yield payload;
      }
      case EVENT, BROADCAST_EVENT -> letters(row.payloadBytes(), random);
      case MULTI_BYTE_TEXT -> manyLanguages(row.payloadBytes(), random);
      case MIXED_TEXT -> json(1 << random.nextInt(powersUpTo(row.payloadBytes())), random);
      default -> json(row.payloadBytes(), random);
    };
  }

  private static byte[] letters(int length, Random random) {
    byte[] payload = new byte[length];
    for (int i = 0; i < length; i++) {
      payload[i] = (byte) ('a' + random.nextInt(26));
    }
    return payload;
  }

  /** How many powers of two there are, 1 included. */
  private static int powersUpTo(int largest) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(largest);
  }

  /** Words in any order; whole characters only. */
  private static byte[] manyLanguages(int length, Random random) {
    String[] words = MANY_LANGUAGES.split(" ", -1);
    ByteBuffer payload = ByteBuffer.allocate(length);
    while (payload.hasRemaining()) {
      String next = words[random.nextInt(words.length)] + " ";
      byte[] bytes = next.getBytes(StandardCharsets.UTF_8);
      payload.put(bytes.length <= payload.remaining() ? bytes : new byte[] {' '});
    }
    return payload.array();
  }

  private static byte[] json(int length, Random random) {
    StringBuilder json = new StringBuilder(length + 200).append("{\"orders\":[");
    while (json.length() < length) {
      json.append("{\"id\":").append(random.nextInt(1_000_000));
      json.append(",\"customer\":\"").append(Long.toString(random.nextLong() >>> 1, 36));
      json.append("\",\"price\":").append(random.nextInt(100_000) / 100.0);
      json.append(",\"currency\":\"EUR\",\"state\":\"");
      json.append(random.nextBoolean() ? "paid" : "shipped").append("\"},");
    }
    return json.substring(0, length).getBytes(StandardCharsets.US_ASCII);
  }

  /** RFC 7692 section 7.2.1. */
  private static byte[] deflated(byte[] payload) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflater.setInput(payload);
    byte[] buffer = new byte[payload.length + 64];
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int count;
    do {
      count = deflater.deflate(buffer, 0, buffer.length, Deflater.SYNC_FLUSH);
      out.write(buffer, 0, count);
    } while (count == buffer.length);
    deflater.end();
    byte[] whole = out.toByteArray();
    return java.util.Arrays.copyOf(whole, whole.length - 4);
  }
}
