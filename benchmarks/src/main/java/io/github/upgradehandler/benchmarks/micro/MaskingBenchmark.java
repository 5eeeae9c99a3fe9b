package io.github.upgradehandler.benchmarks.micro;

import io.github.upgradehandler.internal.frame.Masking;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Unmasking a payload in place. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MaskingBenchmark {

  /** Length of the payload. */
  @Param({"32", "1024", "65536"})
  public int bytes;

  private byte[] payload = {};

  /** For JMH. */
  public MaskingBenchmark() {}

  /** Makes the payload. */
  @Setup
  public void prepare() {
    payload = Samples.random(bytes);
  }

  /** All of it. */
  @Benchmark
  public int unmask() {
    return Masking.apply(payload, 0, payload.length, 0x37FA213D);
  }
}
