package io.github.upgradehandler;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** Messages are values. */
class MessageTest {

  @Test
  void messages_are_compared_by_their_content() {
    assertThat(new Message.Text("a")).isEqualTo(new Message.Text("a"));
    assertThat(new Message.Binary(new byte[] {1, 2}))
        .isEqualTo(new Message.Binary(ByteBuffer.wrap(new byte[] {0, 1, 2}, 1, 2)))
        .isNotEqualTo(new Message.Binary(new byte[] {1, 3}));
  }

  @Test
  void a_binary_message_is_a_copy_of_what_is_between_position_and_limit() {
    ByteBuffer buffer = ByteBuffer.wrap(new byte[] {0, 1, 2, 3}, 1, 2);
    Message.Binary message = new Message.Binary(buffer);
    assertThat(buffer.remaining()).isEqualTo(2);
    buffer.put(1, (byte) 9);
    assertThat(message.bytes()).containsExactly(1, 2);
  }

  @Test
  void reading_a_binary_message_leaves_it_as_it_is() {
    Message.Binary message = new Message.Binary(new byte[] {1, 2});
    assertThat(message.payload().get()).isEqualTo((byte) 1);
    assertThat(message.payload().remaining()).isEqualTo(2);
    assertThat(message.payload().isReadOnly()).isTrue();
    message.bytes()[0] = 9;
    assertThat(message.bytes()).containsExactly(1, 2);
  }
}
