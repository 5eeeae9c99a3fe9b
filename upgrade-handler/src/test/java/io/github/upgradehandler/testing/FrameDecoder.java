package io.github.upgradehandler.testing;

import io.github.upgradehandler.internal.frame.FrameReader;
import io.github.upgradehandler.internal.frame.Opcode;
import io.github.upgradehandler.internal.frame.ProtocolException;
import io.github.upgradehandler.internal.frame.Role;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;

/** Takes one end's bytes in pieces of any size and hands on whole frames. */
public final class FrameDecoder {

  private final Role sender;
  private final FrameReader reader;

  /** Takes what a server sends without extensions. */
  public FrameDecoder(Consumer<Frame> frames) {
    this(Role.SERVER, 0, frames);
  }

  /** Takes what this end sends, with RSV bits that extensions use. */
  public FrameDecoder(Role sender, int reservedBits, Consumer<Frame> frames) {
    this.sender = sender;
    reader =
        new FrameReader(
            sender.peer(), Long.MAX_VALUE, reservedBits, Long.MAX_VALUE, new Whole(frames));
  }

  /** Fails if the end sent anything but correct frames. */
  public void decode(byte[] bytes, int length) {
    try {
      reader.read(bytes.clone(), 0, length);
    } catch (ProtocolException e) {
      throw new AssertionError("the " + sender + " broke the protocol: " + e.getMessage(), e);
    }
  }

  public boolean isInsideFrame() {
    return reader.isInsideFrame();
  }

  private static final class Whole implements FrameReader.Sink {
    private final Consumer<Frame> frames;
    private final ByteArrayOutputStream payload = new ByteArrayOutputStream();
    private Opcode opcode;
    private boolean fin;

    Whole(Consumer<Frame> frames) {
      this.frames = frames;
    }

    @Override
    public void frame(Opcode next, boolean isFinal, int reservedBits, long payloadLength) {
      opcode = next;
      fin = isFinal;
    }

    @Override
    public boolean payload(byte[] bytes, int offset, int length, boolean last) {
      payload.write(bytes, offset, length);
      if (last) {
        Frame frame = new Frame(opcode, fin, payload.toByteArray());
        payload.reset();
        frames.accept(frame);
      }
      return true;
    }
  }
}
