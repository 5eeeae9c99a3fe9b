package io.github.upgradehandler.internal.frame;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Writes down what a reader hands on: {@code TEXT fin rsv=00 length=2}, then {@code 4142 last}. */
final class FrameLog implements FrameReader.Sink {

  final List<String> lines = new ArrayList<>();
  boolean wantsMore = true;
  private long maxPlain = Long.MAX_VALUE;
  private long maxMarked = Long.MAX_VALUE;

  /** Sets the bounds of frames; they are not written down. */
  FrameLog bounded(long plain, long marked) {
    maxPlain = plain;
    maxMarked = marked;
    return this;
  }

  @Override
  public long maxFrameBytes(boolean marked) {
    return marked ? maxMarked : maxPlain;
  }

  @Override
  public void frame(Opcode opcode, boolean fin, int reservedBits, long payloadLength) {
    lines.add(
        String.format(
            "%s%s rsv=%02x length=%d", opcode, fin ? " fin" : "", reservedBits, payloadLength));
  }

  @Override
  public boolean payload(byte[] bytes, int offset, int length, boolean last) {
    String hex = HexFormat.of().formatHex(bytes, offset, offset + length);
    lines.add((hex + (last ? " last" : "")).strip());
    return wantsMore;
  }
}
