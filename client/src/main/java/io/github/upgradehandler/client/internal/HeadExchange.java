package io.github.upgradehandler.client.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.upgradehandler.client.HandshakeFailedException;
import io.github.upgradehandler.client.HandshakeResponse;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Sends the head of a request and reads the head of its final response. */
final class HeadExchange {

  private static final int READ_AT_ONCE = 2048;

  private final String peer;
  private final ByteStream stream;
  private final ByteBuffer request;
  private final int maxBytes;
  private byte[] received = new byte[READ_AT_ONCE];
  private int count;
  private int searched; // no end of a head begins before
  private int begin; // of the response that is being read

  /**
   * Who refuses may say so, and why, before the whole request is there: that is still to be read.
   */
  private @Nullable IOException sendFailure;

  /**
   * An exchange that has not begun.
   *
   * @param peer the server or proxy, for messages
   * @param maxBytes of all that is answered up to the end of the final head
   */
  HeadExchange(String peer, ByteStream stream, String request, int maxBytes) {
    this.peer = peer;
    this.stream = stream;
    this.request = ByteBuffer.wrap(request.getBytes(ISO_8859_1));
    this.maxBytes = maxBytes;
  }

  /** Goes on as far as it comes; {@link Progress#DONE} when the whole head is there. */
  Progress advance() throws IOException {
    if (sendFailure == null && !isSent()) {
      return Progress.NEEDS_OUTPUT;
    }
    while (!hasHead()) {
      if (count >= maxBytes) {
        throw new HandshakeFailedException(
            "the "
                + peer
                + "'s answer has a head of more than "
                + maxBytes
                + " bytes (maxHeadBytes)",
            null);
      }
      if (count == received.length) {
        received = Arrays.copyOf(received, Math.min(2 * count, maxBytes + READ_AT_ONCE));
      }
      int read = stream.read(ByteBuffer.wrap(received, count, received.length - count));
      if (read < 0 && sendFailure != null) {
        throw sendFailure;
      }
      if (read < 0) {
        throw new HandshakeFailedException(
            "the "
                + peer
                + " has ended the connection "
                + (count == 0 ? "without an answer" : "within the head of its answer"),
            null);
      }
      if (read == 0) {
        return Progress.NEEDS_INPUT;
      }
      count += read;
      ResponseHead.checkBeginning(peer, received, begin, count);
    }
    return Progress.DONE;
  }

  private boolean isSent() {
    try {
      while (request.hasRemaining()) {
        if (stream.write(request) == 0) {
          return false;
        }
      }
      return stream.flush();
    } catch (IOException e) {
      sendFailure = e;
      return true;
    }
  }

  /**
   * The response; those that only announce it are left out (RFC 9110 section 15.2).
   *
   * @throws HandshakeFailedException if it is none
   */
  HandshakeResponse response() throws HandshakeFailedException {
    return ResponseHead.parse(
        peer, Arrays.copyOfRange(received, begin, searched), searched - begin);
  }

  /** What came after the response. */
  byte[] rest() {
    return Arrays.copyOfRange(received, searched, count);
  }

  /** Whether a final head is there; it ends at {@link #searched} then. */
  private boolean hasHead() throws HandshakeFailedException {
    while (findEnd()) {
      HandshakeResponse response = response();
      if (response.status() >= 200 || response.status() == 101) {
        return true;
      }
      begin = searched;
    }
    return false;
  }

  private boolean findEnd() {
    for (int i = Math.max(searched, begin); i + 4 <= count; i++) {
      if (received[i] == '\r'
          && received[i + 1] == '\n'
          && received[i + 2] == '\r'
          && received[i + 3] == '\n') {
        searched = i + 4;
        return true;
      }
    }
    searched = Math.max(begin, count - 3);
    return false;
  }
}
