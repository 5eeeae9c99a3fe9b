package io.github.upgradehandler.benchmarks.micro;

import io.github.upgradehandler.internal.frame.FrameReader;
import io.github.upgradehandler.internal.frame.FrameWriter;
import io.github.upgradehandler.internal.frame.Opcode;
import io.github.upgradehandler.internal.frame.ProtocolException;
import io.github.upgradehandler.spi.Role;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Reading a masked frame that lies complete in the buffer. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FrameReaderBenchmark {

  /** Length of the payload. */
  @Param({"32", "1024", "65536"})
  public int bytes;

  private final Taking sink = new Taking();
  private final FrameReader reader = new FrameReader(Role.SERVER, sink);
  private byte[] frame = {};

  /** For JMH. */
  public FrameReaderBenchmark() {}

  /** Makes the frame. */
  @Setup
  public void prepare() {
    frame =
        FrameWriter.client(() -> 0x37FA213D)
            .frame(Opcode.BINARY, true, 0, ByteBuffer.wrap(Samples.random(bytes)));
  }

  /** The payload is masked again by every second call; its bytes do not matter here. */
  @Benchmark
  public long read() throws ProtocolException {
    reader.read(frame, 0, frame.length);
    return sink.taken;
  }

  private static final class Taking implements FrameReader.Sink {
    long taken;

    @Override
    public void frame(Opcode opcode, boolean fin, int reservedBits, long payloadLength) {}

    @Override
    public boolean payload(byte[] bytes, int offset, int length, boolean last) {
      taken += length;
      return true;
    }
  }
}
