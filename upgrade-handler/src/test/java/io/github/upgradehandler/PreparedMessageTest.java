package io.github.upgradehandler;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

/** A message that is encoded once and sent to many. */
class PreparedMessageTest {

  @Test
  void text_is_utf_8() {
    PreparedMessage message = PreparedMessage.text("aé€😀");
    assertThat(message.isText()).isTrue();
    assertThat(message.payload()).isEqualTo(ByteBuffer.wrap("aé€😀".getBytes(UTF_8)));
    assertThat(message.length()).isEqualTo(10);
  }

  @Test
  void text_without_utf_8_is_refused() {
    assertThatIllegalArgumentException().isThrownBy(() -> PreparedMessage.text("\ud83d"));
  }

  @Test
  void a_binary_payload_is_copied_from_position_to_limit() {
    byte[] bytes = {1, 2, 3, 4, 5};
    ByteBuffer buffer = ByteBuffer.wrap(bytes).position(1).limit(4);
    PreparedMessage message = PreparedMessage.binary(buffer);
    bytes[2] = 9;
    assertThat(message.isText()).isFalse();
    assertThat(message.payload()).isEqualTo(ByteBuffer.wrap(new byte[] {2, 3, 4}));
    assertThat(message.length()).isEqualTo(3);
    assertThat(buffer.position()).isEqualTo(1);
    assertThat(buffer.limit()).isEqualTo(4);
  }

  @Test
  void the_payload_is_read_only_and_its_own_at_each_call() {
    PreparedMessage message = PreparedMessage.text("abc");
    ByteBuffer payload = message.payload();
    assertThat(payload.isReadOnly()).isTrue();
    payload.get();
    assertThat(message.payload().remaining()).isEqualTo(3);
  }

  @Test
  void a_message_says_what_it_is_and_not_what_is_in_it() {
    assertThat(PreparedMessage.text("héllo")).hasToString("text message of 6 bytes");
    assertThat(PreparedMessage.binary(ByteBuffer.allocate(3)))
        .hasToString("binary message of 3 bytes");
  }
}
