package io.github.upgradehandler.internal.protocol;

import io.github.upgradehandler.WebSocketConfig;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6455 section 5.7: the examples. */
class Section5_7ExamplesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # a single-frame unmasked text message
          81 05 48 65 6c 6c 6f                        | client | text Hello
          # a single-frame masked text message
          81 85 37 fa 21 3d 7f 9f 4d 51 58            | server | text Hello
          # a fragmented unmasked text message
          01 03 48 65 6c  80 02 6c 6f                 | client | text Hello
          # unmasked ping request and masked ping response
          89 05 48 65 6c 6c 6f                        | client | ping 48656c6c6f
          8a 85 37 fa 21 3d 7f 9f 4d 51 58            | server | pong 48656c6c6f
          """)
  void example(String hex, String role, String events) {
    EveryCut.assertEvents(hex, role, events);
  }

  @Test
  void a_binary_message_of_256_bytes_in_a_single_unmasked_frame() {
    byte[] payload = new byte[256];
    EveryCut.assertEvents(
        WebSocketConfig.defaults(),
        HexFrames.join(HexFrames.bytes("82 7e 0100"), payload),
        List.of("binary " + HexFormat.of().formatHex(payload)));
  }
}
