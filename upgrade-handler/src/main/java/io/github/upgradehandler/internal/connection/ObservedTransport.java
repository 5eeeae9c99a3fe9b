package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.ObservedFrame;
import io.github.upgradehandler.ObservedFrame.Direction;
import io.github.upgradehandler.internal.frame.FrameReader;
import io.github.upgradehandler.internal.frame.Opcode;
import io.github.upgradehandler.internal.frame.ProtocolException;
import io.github.upgradehandler.internal.protocol.Extension;
import io.github.upgradehandler.spi.Role;
import io.github.upgradehandler.spi.Transport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** Shows the application's observer the frames in the bytes that another transport carries. */
final class ObservedTransport implements Transport {

  private final Transport carrier;
  private final HandlerCalls handler;
  private final Tap received;
  private final Tap sent;

  private ObservedTransport(
      Transport carrier, Role role, HandlerCalls handler, @Nullable Extension extension) {
    this.carrier = carrier;
    this.handler = handler;
    this.received = new Tap(Direction.RECEIVED, role, extension);
    this.sent = new Tap(Direction.SENT, role.peer(), extension);
  }

  /** The transport itself if there is no observer. */
  static Transport of(
      Transport carrier, Role role, HandlerCalls handler, @Nullable Extension extension) {
    return handler.isObserving()
        ? new ObservedTransport(carrier, role, handler, extension)
        : carrier;
  }

  @Override
  public int read(byte[] buffer) throws IOException {
    int count = carrier.read(buffer);
    if (count > 0) {
      received.accept(buffer, 0, count);
    }
    return count;
  }

  @Override
  public @Nullable Executor writingExecutor() {
    return carrier.writingExecutor();
  }

  @Override
  public @Nullable Executor afterOthers() {
    return carrier.afterOthers();
  }

  @Override
  public boolean reportsAgain() {
    return carrier.reportsAgain();
  }

  @Override
  public boolean isWritable() throws IOException {
    return carrier.isWritable();
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    carrier.write(bytes, offset, length);
    sent.accept(bytes, offset, length);
  }

  @Override
  public void flush() throws IOException {
    carrier.flush();
  }

  @Override
  public void close() {
    carrier.close();
  }

  /** One direction. */
  private final class Tap implements FrameReader.Sink {

    private final Direction direction;
    private final boolean masked;
    private final FrameReader reader;
    private final byte[] start = new byte[ObservedFrame.MAX_START_BYTES];
    private int startLength;
    private Opcode opcode = Opcode.CONTINUATION;
    private boolean fin;
    private int reservedBits;
    private long payloadLength;

    Tap(Direction direction, Role reading, @Nullable Extension extension) {
      int negotiatedBits = extension == null ? 0 : extension.reservedBits();
      this.direction = direction;
      this.masked = reading.peer().masks();
      this.reader = new FrameReader(reading, negotiatedBits, this);
    }

    /** Unmasking changes bytes in place, and these are still in use: so the reader gets a copy. */
    void accept(byte[] bytes, int offset, int length) {
      byte[] copy = Arrays.copyOfRange(bytes, offset, offset + length);
      int position = 0;
      while (position < length && handler.isObserving()) {
        try {
          reader.read(copy, position, length - position);
        } catch (ProtocolException e) {
          reader.seekClose(); // as the connection itself does
          startLength = 0;
        }
        position += reader.consumed();
      }
    }

    @Override
    public void frame(Opcode kind, boolean isLast, int bits, long length) {
      opcode = kind;
      fin = isLast;
      reservedBits = bits;
      payloadLength = length;
    }

    @Override
    public boolean payload(byte[] bytes, int offset, int length, boolean last) {
      int count = Math.min(length, start.length - startLength);
      System.arraycopy(bytes, offset, start, startLength, count);
      startLength += count;
      if (last) {
        ByteBuffer shown = ByteBuffer.wrap(Arrays.copyOf(start, startLength)).asReadOnlyBuffer();
        startLength = 0;
        handler.frame(
            new ObservedFrame(
                direction, fin, reservedBits, opcode.code(), masked, payloadLength, shown));
      }
      return handler.isObserving();
    }
  }
}
