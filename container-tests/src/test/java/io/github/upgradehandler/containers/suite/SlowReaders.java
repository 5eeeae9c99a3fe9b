package io.github.upgradehandler.containers.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.containers.wire.SocketClient;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Who sends and does not read is not read from either. */
public interface SlowReaders extends Suite {

  @Test
  default void a_reader_that_stalls_while_64_MiB_are_sent_loses_nothing() throws Exception {
    try (SocketClient client = SocketClient.open(echo())) {
      Flood flood = Flood.start(client);
      flood.awaitStall();
      assertThat(flood.sent()).as("messages taken from a peer that reads none").isLessThan(512);
      flood.expectAll(client);
      flood.result(Duration.ofSeconds(10));
    }
  }

  /** By the option sendTimeout, 10 s by default. */
  @Test
  default void a_reader_that_never_reads_is_ended() throws Exception {
    try (SocketClient client = SocketClient.open(echo())) {
      Flood flood = Flood.start(client);
      flood.awaitStall();
      long before = System.nanoTime();
      Duration busyBefore = container().processorTime();
      assertThatThrownBy(() -> flood.result(Duration.ofSeconds(16)))
          .as("what the writer sees of it")
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(IOException.class);
      assertThat(TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - before)).isGreaterThan(6);
      // Some containers ask again and again whether now is the time to read.
      assertThat(container().processorTime().minus(busyBefore))
          .as("processor time while nothing could be done")
          .isLessThan(Duration.ofSeconds(3));
    }
  }
}
