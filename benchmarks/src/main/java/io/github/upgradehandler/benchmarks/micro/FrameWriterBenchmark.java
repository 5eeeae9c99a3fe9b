package io.github.upgradehandler.benchmarks.micro;

import io.github.upgradehandler.internal.frame.FrameWriter;
import io.github.upgradehandler.internal.frame.Opcode;
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

/** Writing a server's frame. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FrameWriterBenchmark {

  /** Length of the payload. */
  @Param({"32", "1024", "65536"})
  public int bytes;

  private final FrameWriter writer = FrameWriter.server();
  private ByteBuffer payload = ByteBuffer.allocate(0);
  private byte[] target = {};

  /** For JMH. */
  public FrameWriterBenchmark() {}

  /** Makes the payload. */
  @Setup
  public void prepare() {
    payload = ByteBuffer.wrap(Samples.random(bytes));
    target = new byte[Math.toIntExact(writer.frameLength(bytes))];
  }

  /** Into a buffer that is there. */
  @Benchmark
  public int write() {
    return writer.write(Opcode.BINARY, true, 0, payload, target, 0);
  }
}
