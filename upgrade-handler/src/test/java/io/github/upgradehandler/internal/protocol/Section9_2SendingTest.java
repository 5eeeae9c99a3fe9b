package io.github.upgradehandler.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.spi.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * RFC 6455 section 9.2: sending by an extension, which marks a message on its first frame only. See
 * {@link SendingLog} and {@link RunLengthExtension}, which leaves less than three bytes as they
 * are.
 */
class Section9_2SendingTest {

  private static final int THRESHOLD = 3;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # encoder       | steps                          | frames
          # too short to be worthwhile
          keeps nothing   | text aa                        | text aa
          # worthwhile, if it becomes smaller
          keeps nothing   | text aaa; binary bbbb          | text* 0361; binary* 0462
          keeps nothing   | text abc                       | text abc
          # where later messages build on it, also if it does not
          keeps context   | text abc                       | text* 016101620163
          # only the first frame is marked, all are transformed
          keeps nothing   | text aaa..; text b..; text ..c | text* 0361...; continuation 0162...; continuation 0163
          keeps context   | binary aaa..; binary ..bbb     | binary* 0361...; continuation 0362
          # the first fragment decides for the message
          keeps nothing   | text aa..; text ..bbbb         | text aa...; continuation bbbb
          # control frames are not transformed
          keeps nothing   | ping aaa; pong aaa             | ping aaa; pong aaa
          # what waits is transformed when its time comes
          keeps nothing   | text a..; text bbb; text ..c   | text a...; continuation c; text* 0362
          # a prepared message where connections share no encoding
          keeps context   | shared aaa; blob bbb           | text* 0361; binary* 0362
          """)
  void messages(String encoder, String steps, String frames) {
    RunLengthExtension extension =
        new RunLengthExtension(encoder.equals("keeps context"), THRESHOLD);
    assertThat(new SendingLog(Role.SERVER, extension).play(steps)).isEqualTo(frames);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # encoder       | steps                          | opened | closed
          keeps nothing   | text aa                        | 0      | 0
          keeps nothing   | text aaa; text bbb             | 2      | 2
          keeps context   | text aaa; text bbb             | 1      | 0
          keeps nothing   | text aaa..; text b..           | 1      | 0
          keeps nothing   | text aaa..; text ..b           | 1      | 1
          keeps context   | text aaa..; text ..b           | 1      | 0
          keeps nothing   | text aaa..; close 1000         | 1      | 1
          keeps context   | text aaa; close 1000; lose     | 1      | 1
          keeps context   | text aaa; lose                 | 1      | 1
          keeps context   | text a..; text ..b; lose       | 0      | 0
          """)
  void encoders_are_released(String encoder, String steps, int opened, int closed) {
    RunLengthExtension extension =
        new RunLengthExtension(encoder.equals("keeps context"), THRESHOLD);
    new SendingLog(Role.SERVER, extension).play(steps);
    assertThat(extension.encodersOpened).isEqualTo(opened);
    assertThat(extension.encodersClosed).isEqualTo(closed);
  }

  @Test
  void connections_without_extensions_share_a_frame() {
    assertThat(new SendingLog(Role.SERVER, null).play("shared A; blob B"))
        .isEqualTo("frame 810141; frame 820142");
  }

  /** Section 5.3: each frame of a client has a masking key of its own. */
  @Test
  void clients_share_none() {
    assertThat(new SendingLog(Role.CLIENT, null).play("shared A; blob B"))
        .isEqualTo("text A; binary B");
  }
}
