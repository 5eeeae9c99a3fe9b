package io.github.upgradehandler.containers.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.containers.clients.ForeignClient;
import io.github.upgradehandler.containers.wire.JdkClient;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Clients that fail a handshake whose answer goes beyond what they offered. */
public interface ForeignClients extends Suite {

  /** Messages that are compressed, and build on each other (RFC 7692 section 7.1.1.2). */
  @ParameterizedTest(name = "compression with {0}")
  @EnumSource
  default void compression_with_a_client(ForeignClient client) throws Exception {
    String repetitive = "one thing and another, ".repeat(100);
    List<String> messages =
        List.of(repetitive, repetitive + "again", "short", repetitive + "for the last time");

    ForeignClient.Met met = client.exchange(JdkClient.webSocket(echo()), messages);

    assertThat(met.extensions()).startsWith("permessage-deflate");
    assertThat(met.echoes()).isEqualTo(messages);
  }
}
