package io.github.upgradehandler.testkit;

import io.github.upgradehandler.internal.frame.FrameReader;
import io.github.upgradehandler.internal.frame.Opcode;
import io.github.upgradehandler.internal.frame.ProtocolException;
import io.github.upgradehandler.internal.protocol.Extension;
import io.github.upgradehandler.spi.Role;
import java.io.ByteArrayOutputStream;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes the server's bytes in pieces of any size and hands on whole frames. Not thread-safe. */
public final class FrameDecoder {

  private final FrameReader reader;
  private final @Nullable Inflating inflating;

  /**
   * A decoder that knows no extension.
   *
   * @param frames is given each frame when its last byte is
   */
  public FrameDecoder(Consumer<Frame> frames) {
    this(frames, null);
  }

  /** A decoder where the extension, if there is one, was agreed on. */
  FrameDecoder(Consumer<Frame> frames, @Nullable Extension extension) {
    inflating = extension == null ? null : new Inflating(extension);
    reader =
        new FrameReader(
            Role.CLIENT,
            extension == null ? 0 : extension.reservedBits(),
            new Whole(frames, inflating));
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

  /** Frees what it holds. */
  void release() {
    if (inflating != null) {
      inflating.release();
    }
  }

  private static final class Whole implements FrameReader.Sink {

    private final Consumer<Frame> frames;
    private final @Nullable Inflating inflating;
    private final ByteArrayOutputStream payload = new ByteArrayOutputStream();
    private Frame.Kind kind = Frame.Kind.CONTINUATION;
    private boolean fin;
    private boolean compressed; // the message whose data frame came last

    Whole(Consumer<Frame> frames, @Nullable Inflating inflating) {
      this.frames = frames;
      this.inflating = inflating;
    }

    @Override
    public void frame(Opcode next, boolean isFinal, int reservedBits, long payloadLength) {
      kind = Frame.Kind.valueOf(next.name());
      fin = isFinal;
      if (kind == Frame.Kind.TEXT || kind == Frame.Kind.BINARY) {
        compressed = reservedBits != 0; // only the first frame is marked (RFC 7692 section 6)
      }
    }

    @Override
    public boolean payload(byte[] bytes, int offset, int length, boolean last)
        throws ProtocolException {
      payload.write(bytes, offset, length);
      if (last) {
        frames.accept(whole(payload.toByteArray()));
        payload.reset();
      }
      return true;
    }

    private Frame whole(byte[] sent) throws ProtocolException {
      if (inflating != null && compressed && kind.isData()) {
        return new Frame(kind, fin, true, inflating.original(sent, fin));
      }
      return new Frame(kind, fin, false, sent);
    }
  }
}
