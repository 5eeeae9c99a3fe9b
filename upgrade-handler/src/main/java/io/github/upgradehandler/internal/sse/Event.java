package io.github.upgradehandler.internal.sse;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.room.log.Lost;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * What stands on the wire for one event (HTML Living Standard section 9.2.5), encoded once for all
 * clients.
 *
 * @param number its place in the room's history; 0 for what is in none
 * @param pieces its bytes, none larger than {@link #LARGEST_PIECE}, never changed
 * @param length all bytes
 */
record Event(long number, List<byte[]> pieces, int length) {

  /** Containers keep or copy what a write gives them, so none gives more. */
  static final int LARGEST_PIECE = 64 << 10;

  /** Nothing to the page, and a sign of life to proxies. */
  static final Event HEARTBEAT = of(0, ":\n\n".getBytes(US_ASCII));

  /** A message, with the id that a client names when it comes back. */
  static Event message(long number, String id, PreparedMessage message) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(message.length() + id.length() + 16);
    out.writeBytes(ascii("id:" + id + "\n"));
    ByteBuffer payload = message.payload();
    if (!message.isText()) {
      // The format has no bytes but text.
      out.writeBytes(ascii("event:binary\n"));
      payload = Base64.getEncoder().encode(payload);
    }
    byte[] bytes = new byte[payload.remaining()];
    payload.get(bytes);
    writeLines(out, bytes);
    out.write('\n');
    return of(number, out.toByteArray());
  }

  /**
   * The first thing on a stream: how soon to come back, and where the stream stands. An id without
   * data is remembered by the client but makes no event.
   */
  static Event greeting(Duration retry, String id) {
    return of(0, ascii("retry:" + retry.toMillis() + "\nid:" + id + "\n\n"));
  }

  /** The first thing on a stream that does not know yet where it stands. */
  static Event greeting(Duration retry) {
    return of(0, ascii("retry:" + retry.toMillis() + "\n\n"));
  }

  /** Where a stream stands. */
  static Event standing(String id) {
    return of(0, ascii("id:" + id + "\n\n"));
  }

  /** Tells a client of a logged room that events are missing. */
  static Event lost(Lost lost) {
    String data = "{\"reason\":\"" + lost.reason() + "\",\"position\":\"" + lost.position() + "\"}";
    return of(0, ascii("id:" + lost.position() + "\nevent:lost\ndata:" + data + "\n\n"));
  }

  /** Tells a client that came back that events are missing, which are kept no more. */
  static Event gap(String id) {
    return of(0, ascii("id:" + id + "\nevent:gap\ndata:\n\n"));
  }

  /** A line of data for each line of the text: LF, CR and CRLF all end one. */
  private static void writeLines(ByteArrayOutputStream out, byte[] text) {
    byte[] field = ascii("data:");
    int start = 0;
    for (int i = 0; i <= text.length; i++) {
      if (i == text.length || text[i] == '\n' || text[i] == '\r') {
        out.writeBytes(field);
        if (start < i && text[start] == ' ') {
          out.write(' '); // the first space behind the colon is not part of the value
        }
        out.write(text, start, i - start);
        out.write('\n');
        if (i + 1 < text.length && text[i] == '\r' && text[i + 1] == '\n') {
          i++;
        }
        start = i + 1;
      }
    }
  }

  private static Event of(long number, byte[] bytes) {
    if (bytes.length <= LARGEST_PIECE) {
      return new Event(number, List.of(bytes), bytes.length);
    }
    List<byte[]> pieces = new ArrayList<>();
    for (int i = 0; i < bytes.length; i += LARGEST_PIECE) {
      pieces.add(Arrays.copyOfRange(bytes, i, Math.min(bytes.length, i + LARGEST_PIECE)));
    }
    return new Event(number, List.copyOf(pieces), bytes.length);
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
