package io.github.upgradehandler;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.CloseEvent.Initiator;
import org.junit.jupiter.api.Test;

/** RFC 6455 sections 7.1.5 and 7.1.6: what an application learns of the end. */
class CloseEventTest {

  @Test
  void the_code_and_the_reason_are_the_peer_s() {
    CloseStatus status = new CloseStatus(1001, "bye");
    CloseEvent event = new CloseEvent(status, CloseStatus.NORMAL, Initiator.REMOTE, true);
    assertThat(event.code()).isEqualTo(1001);
    assertThat(event.reason()).isEqualTo("bye");
    assertThat(event.sent()).contains(CloseStatus.NORMAL);
  }

  @Test
  void nothing_was_sent() {
    CloseEvent event = new CloseEvent(CloseStatus.ABNORMAL, null, Initiator.TRANSPORT, false);
    assertThat(event.sent()).isEmpty();
  }
}
