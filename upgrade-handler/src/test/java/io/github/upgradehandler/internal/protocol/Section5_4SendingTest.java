package io.github.upgradehandler.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.internal.frame.Opcode;
import io.github.upgradehandler.spi.Role;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6455 section 5.4: sending messages whole and in fragments. See {@link SendingLog}. */
class Section5_4SendingTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # whole messages
          text A; binary B                    | text A; binary B
          text                                | text
          # fragments: the opcode is the first frame's, the rest are continuations
          text A..; text B..; text ..C        | text A...; continuation B...; continuation C
          binary A..; binary ..B              | binary A...; continuation B
          text ..A                            | text A
          text ..; text ..                    | text; text
          text ..A; text B..; text ..C        | text A; text B...; continuation C
          # whole messages wait, and keep their order
          text A..; text B; binary C          | text A...
          text A..; text B; binary C; text ..D; text E | text A...; continuation D; text B; binary C; text E
          text A..; shared B; blob C; text ..D | text A...; continuation D; text B; binary C
          # control frames pass
          text A..; ping p; pong q; text ..B  | text A...; ping p; pong q; continuation B
          text A..; late q; text ..B          | text A...; urgent pong q; continuation B
          # a fragment of the other kind is refused, and changes nothing
          text A..; binary B..; text ..C      | text A...; refused (5.4); continuation C
          binary A..; text ..B; binary ..C    | binary A...; refused (5.4); continuation C
          # a Close frame passes; what waits is dropped
          text A..; text B; close 1000        | text A...; close 1000
          text A..; text B; lose              | text A...
          """)
  void messages(String steps, String frames) {
    assertThat(new SendingLog(Role.SERVER, null).play(steps)).isEqualTo(frames);
  }

  @Test
  void what_waits_is_a_copy_and_is_counted() {
    SendingLog log = new SendingLog(Role.SERVER, null);
    Sender sender = log.sender();
    log.play("text A..");
    assertThat(sender.isHolding()).isFalse();
    assertThat(sender.holdingBytes()).isZero();

    byte[] reused = {'B', 'C'};
    sender.message(Opcode.BINARY, ByteBuffer.wrap(reused));
    reused[0] = 'x';
    log.play("text D");
    assertThat(sender.isHolding()).isTrue();
    assertThat(sender.heldBytes()).isEqualTo(3);
    assertThat(sender.holdingBytes()).isEqualTo(2 * 64);

    assertThat(log.play("text ..E")).isEqualTo("text A...; continuation E; binary BC; text D");
    assertThat(sender.isHolding()).isFalse();
    assertThat(sender.heldBytes()).isZero();
    assertThat(sender.holdingBytes()).isZero();
  }

  @Test
  void nothing_waits_after_the_close_frame() {
    SendingLog log = new SendingLog(Role.SERVER, null);
    log.play("text A..; text BC; close 1000");
    assertThat(log.sender().isHolding()).isFalse();
    assertThat(log.sender().heldBytes()).isZero();
  }
}
