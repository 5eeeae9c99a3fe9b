package io.github.upgradehandler.containers.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.containers.wire.Frame;
import io.github.upgradehandler.containers.wire.Frames;
import io.github.upgradehandler.containers.wire.RawClient;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The timer's pings, every 20 s by default. */
public interface Heartbeats extends Suite {

  @Test
  @Tag("slow")
  @Timeout(200)
  default void two_minutes_with_nothing_but_pings() throws Exception {
    try (RawClient client = RawClient.open(echo())) {
      client.patience(Duration.ofSeconds(30));
      for (int i = 0; i < 6; i++) {
        Frame ping = client.readFrame();
        assertThat(ping.opcode()).isEqualTo(Frame.PING);
        client.write(Frames.pong(ping.payload()));
      }
      client.write(Frames.text("still here"));
      assertThat(client.readFrame().text()).isEqualTo("still here");
    }
  }

  @Test
  @Tag("slow")
  @Timeout(90)
  default void a_client_without_pongs_is_given_up() throws Exception {
    try (RawClient client = RawClient.open(echo())) {
      client.patience(Duration.ofSeconds(30));
      assertThat(client.readFrame().opcode()).isEqualTo(Frame.PING);
      client.expectEnd(Duration.ofSeconds(30));
    }
  }
}
