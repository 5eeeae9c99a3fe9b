package io.github.upgradehandler.benchmarks.micro;

import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.internal.deflate.PermessageDeflate;
import io.github.upgradehandler.internal.frame.ProtocolException;
import io.github.upgradehandler.internal.protocol.Extension;
import io.github.upgradehandler.internal.protocol.ExtensionOffer;
import io.github.upgradehandler.internal.protocol.MessageDecoder;
import io.github.upgradehandler.internal.protocol.MessageEncoder;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Compressing a message of JSON, and inflating it, without context takeover. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DeflateBenchmark {

  /** Length of the message. */
  @Param({"1024", "65536"})
  public int bytes;

  private final Extension extension =
      new PermessageDeflate(WebSocketConfig.builder().compression(true).build())
          .choose(ExtensionOffer.parse(List.of("permessage-deflate")))
          .orElseThrow()
          .extension();
  private ByteBuffer message = ByteBuffer.allocate(0);
  private byte[] compressed = {};

  /** For JMH. */
  public DeflateBenchmark() {}

  /** Makes the message. */
  @Setup
  public void prepare() {
    message = ByteBuffer.wrap(Samples.json(bytes));
    ByteBuffer encoded = deflate();
    compressed = new byte[encoded.remaining()];
    encoded.get(compressed);
  }

  /** With a codec of the pool, as for every message. */
  @Benchmark
  public ByteBuffer deflate() {
    MessageEncoder encoder = extension.newEncoder();
    ByteBuffer encoded = encoder.encode(message, true);
    encoder.release();
    return encoded;
  }

  /** With a codec of the pool, as for every message. */
  @Benchmark
  public void inflate(Blackhole blackhole) throws ProtocolException {
    MessageDecoder decoder = extension.newDecoder();
    decoder.decode(
        compressed,
        0,
        compressed.length,
        true,
        (piece, offset, length, last) -> {
          blackhole.consume(length);
          return true;
        });
    decoder.release();
  }
}
