package io.github.upgradehandler.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.testing.Connections;
import io.github.upgradehandler.testkit.MemoryTransport;
import java.security.Principal;
import org.junit.jupiter.api.Test;

/** Who is signed in. */
class PrincipalTest {

  @Test
  void nobody_unless_the_handshake_or_the_application_says() {
    Principal ann = () -> "ann";
    try (Wire wire = Wire.open(new RecordingHandler())) {
      assertThat(wire.socket.principal()).isEmpty();
      wire.socket.signIn(ann);
      assertThat(wire.socket.principal()).contains(ann);
    }
  }

  @Test
  void whom_the_container_named_until_the_application_names_another() {
    Principal ann = () -> "ann";
    Principal bob = () -> "bob";
    Handshake handshake = new Handshake.Builder("/").principal(ann).build();
    try (Wire wire = Wire.open(new RecordingHandler())) {
      Connection socket =
          Connections.connect(
              wire.group, new MemoryTransport(), handshake, null, null, new RecordingHandler());
      assertThat(socket.principal()).contains(ann);
      socket.signIn(bob);
      assertThat(socket.principal()).contains(bob);
    }
  }
}
