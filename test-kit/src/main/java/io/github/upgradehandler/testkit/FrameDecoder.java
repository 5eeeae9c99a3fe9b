package io.github.upgradehandler.testkit;

import io.github.upgradehandler.internal.frame.FrameReader;
import io.github.upgradehandler.internal.frame.Opcode;
import io.github.upgradehandler.internal.frame.ProtocolException;
import io.github.upgradehandler.internal.frame.Role;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/**
 * Takes the server's bytes in pieces of any size and hands on whole frames. Knows no extension. Not
 * thread-safe.
 */
public final class FrameDecoder {

  private final FrameReader reader;

  /**
   * A decoder.
   *
   * @param frames is given each frame when its last byte is
   */
  public FrameDecoder(Consumer<Frame> frames) {
    reader = new FrameReader(Role.CLIENT, new Whole(frames));
  }

  /**
   * Takes the next bytes, which are not changed.
   *
   * @throws AssertionError if the server sent anything but correct frames
   */
  public void decode(byte[] bytes, int length) {
    try {
      reader.read(bytes.clone(), 0, length);
    } catch (ProtocolException e) {
      throw new AssertionError("the server broke the protocol: " + e.getMessage(), e);
    }
  }

  /** Whether a frame has begun and not ended. */
  public boolean isInsideFrame() {
    return reader.isInsideFrame();
  }

  private static final class Whole implements FrameReader.Sink {

    private final Consumer<Frame> frames;
    private final ByteArrayOutputStream payload = new ByteArrayOutputStream();
    private Frame.Kind kind = Frame.Kind.CONTINUATION;
    private boolean fin;

    Whole(Consumer<Frame> frames) {
      this.frames = frames;
    }

    @Override
    public void frame(Opcode next, boolean isFinal, int reservedBits, long payloadLength) {
      kind = Frame.Kind.valueOf(next.name());
      fin = isFinal;
    }

    @Override
    public boolean payload(byte[] bytes, int offset, int length, boolean last) {
      payload.write(bytes, offset, length);
      if (last) {
        Frame frame = new Frame(kind, fin, payload.toByteArray());
        payload.reset();
        frames.accept(frame);
      }
      return true;
    }
  }
}
