package io.github.upgradehandler.benchmarks.micro;

import io.github.upgradehandler.internal.frame.Utf8Validator;
import io.github.upgradehandler.internal.message.TextEncoding;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Validating a text. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Utf8Benchmark {

  /** Length of the text. */
  @Param({"32", "1024", "65536"})
  public int bytes;

  private final Utf8Validator validator = new Utf8Validator();
  private byte[] ascii = {};
  private byte[] manyLanguages = {};
  private String text = "";

  /** For JMH. */
  public Utf8Benchmark() {}

  /** Makes the texts. */
  @Setup
  public void prepare() {
    ascii = Samples.json(bytes);
    manyLanguages = Samples.manyLanguages(bytes);
    text = new String(manyLanguages, StandardCharsets.UTF_8);
  }

  /** One byte for a character. */
  @Benchmark
  public boolean validateAscii() {
    return validator.accept(ascii, 0, ascii.length);
  }

  /** One to four bytes for a character. */
  @Benchmark
  public boolean validateManyLanguages() {
    return validator.accept(manyLanguages, 0, manyLanguages.length);
  }

  /** As a whole message is: what comes of it is looked at instead of the bytes. */
  @Benchmark
  public boolean decodeManyLanguages() {
    return new String(manyLanguages, StandardCharsets.UTF_8).indexOf('\uFFFD') < 0;
  }

  /** As a message that is sent. */
  @Benchmark
  public byte[] encodeManyLanguages() {
    return TextEncoding.encode(text);
  }
}
