package io.github.upgradehandler.benchmarks.load;

import io.github.upgradehandler.internal.frame.Opcode;
import java.util.Arrays;

/** The messages that come to one connection: each is to be what is due. Allocates nothing. */
final class Answers {

  private final Row row;
  private final Tape tape;
  private long received;
  private int messageBytes;
  private int expected;
  private boolean fin;

  Answers(Row row, Tape tape) {
    this.row = row;
    this.tape = tape;
  }

  /** How many messages have come. */
  long received() {
    return received;
  }

  /** A data frame has begun. */
  void frame(Opcode opcode, boolean last, int reservedBits) {
    fin = last;
    if (opcode != Opcode.CONTINUATION) {
      messageBytes = 0;
      if (row.compression() && reservedBits == 0) {
        throw new LoadException("the server sent a message that is not compressed");
      }
    }
  }

  /** Some of its payload has come. */
  void payload(byte[] bytes, int offset, int length, boolean last) {
    boolean known =
        row.load() != Load.LISTEN && !row.compression() && row.sharing() != Sharing.LOGGED;
    if (received == 0 && known) {
      compare(bytes, offset, length);
    }
    messageBytes += length;
    if (last && fin) {
      if (known && messageBytes != tape.answer(expected).length) {
        throw new LoadException("the server sent a message of " + messageBytes + " bytes");
      }
      expected = expected + 1 == tape.frames() ? 0 : expected + 1;
      received++;
    }
  }

  /** The first message is looked at whole, the others only measured. */
  private void compare(byte[] bytes, int offset, int length) {
    byte[] due = tape.answer(0);
    if (messageBytes + length > due.length
        || !Arrays.equals(
            due, messageBytes, messageBytes + length, bytes, offset, offset + length)) {
      throw new LoadException("the server sent back something else");
    }
  }
}
