package io.github.upgradehandler.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.room.log.Engine;
import io.github.upgradehandler.room.log.EngineContract;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What every engine does, over a real Redis. */
@Tag("external")
class RedisEngineContractTest extends EngineContract {

  private static final AtomicInteger ROOMS = new AtomicInteger();

  private static RedisServer server;
  private static RedisRooms redis;

  private final String room = "room " + ROOMS.incrementAndGet();

  @BeforeAll
  static void connect() throws Exception {
    server = RedisServer.run();
    redis = RedisRooms.connect(server.uri());
  }

  @AfterAll
  static void stop() throws Exception {
    if (redis != null) {
      redis.close();
    }
    server.close();
  }

  @Override
  protected Engine engine() {
    return redis.engine("contract");
  }

  @Override
  protected String room() {
    return room;
  }

  @Test
  void a_task_runs_once_after_a_while() throws Exception {
    LinkedBlockingQueue<String> runs = new LinkedBlockingQueue<>();
    long before = System.nanoTime();
    engine().after(Duration.ofMillis(20), () -> runs.add("run"));
    assertThat(runs.poll(10, TimeUnit.SECONDS)).isEqualTo("run");
    assertThat(System.nanoTime() - before).isGreaterThanOrEqualTo(20_000_000);
  }
}
