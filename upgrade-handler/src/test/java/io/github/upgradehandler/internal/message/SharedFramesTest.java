package io.github.upgradehandler.internal.message;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.PreparedMessage;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A message is encoded once and sent to many. */
class SharedFramesTest {

  /** Counts how often it encodes; equal by its name. */
  private record Counting(String name, AtomicInteger calls) implements MessageEncoding {
    @Override
    public byte[] encode(PreparedMessage message) {
      calls.incrementAndGet();
      return (name + message.length()).getBytes(UTF_8);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Counting that && that.name.equals(name);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }
  }

  private final AtomicInteger calls = new AtomicInteger();

  @Test
  void is_encoded_once_for_equal_encodings() {
    PreparedMessage message = PreparedMessage.text("abc");
    byte[] first = SharedFrames.frame(message, new Counting("plain", calls));
    assertThat(SharedFrames.frame(message, new Counting("plain", calls))).isSameAs(first);
    assertThat(first).isEqualTo("plain3".getBytes(UTF_8));
    assertThat(calls).hasValue(1);
    assertThat(SharedFrames.frame(message, new Counting("small", calls)))
        .isEqualTo("small3".getBytes(UTF_8));
    assertThat(calls).hasValue(2);
  }
}
