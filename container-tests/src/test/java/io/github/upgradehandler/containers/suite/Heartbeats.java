package io.github.upgradehandler.containers.suite;

import java.io.IOException;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What only timers do. */
public interface Heartbeats extends Suite {

  /** The ones of this container, begun with the first call. */
  LongWaits longWaits() throws IOException;

  /** The first test: what takes minutes goes on beside all the others. */
  @Test
  @Order(0)
  @Tag("slow")
  default void the_connections_for_the_long_waits_open() throws Exception {
    longWaits();
  }

  @Test
  @Order(Stops.LAST - 4)
  @Tag("slow")
  default void the_server_closes_and_is_not_answered() throws Throwable {
    longWaits().withoutClose();
  }

  @Test
  @Order(Stops.LAST - 3)
  @Tag("slow")
  default void a_client_without_pongs_is_given_up() throws Throwable {
    longWaits().withoutPong();
  }

  @Test
  @Order(Stops.LAST - 2)
  @Tag("slow")
  @Timeout(200)
  default void two_minutes_with_nothing_but_pings() throws Throwable {
    longWaits().idle();
  }
}
