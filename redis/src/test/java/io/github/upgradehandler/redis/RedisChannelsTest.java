package io.github.upgradehandler.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.room.log.EngineException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Channels by their own names, and patterns of them. */
@Tag("external")
class RedisChannelsTest {

  private final BlockingQueue<String> received = new LinkedBlockingQueue<>();
  private final Semaphore back = new Semaphore(0);
  private RedisServer server;
  private RedisRooms redis;
  private RedisChannels channels;

  @BeforeEach
  void start() throws Exception {
    server = RedisServer.run();
    redis = RedisRooms.connect(server.uri());
    channels = redis.channels(back::release);
  }

  @AfterEach
  void stop() throws Exception {
    redis.close();
    server.close();
  }

  private void receive(String channel, byte[] message) {
    received.add(channel + " " + message.length);
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(30, TimeUnit.SECONDS);
  }

  private void assertReceived(String... expected) throws InterruptedException {
    for (String one : expected) {
      assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo(one);
    }
  }

  @Test
  void channelsAndPatterns() throws Exception {
    get(channels.subscribe("one", this::receive));
    get(channels.subscribePattern("a#*", this::receive));
    assertThat(get(channels.publish("one", new byte[3]))).isEqualTo(1);
    assertThat(get(channels.publish("a#b#", new byte[4]))).isEqualTo(1);
    assertThat(get(channels.publish("b#", new byte[5]))).isZero();
    assertReceived("one 3", "a#b# 4");
    assertThat(get(channels.subscribers("one"))).isEqualTo(1);
    assertThat(get(channels.subscribers("a#b#"))).isZero();
  }

  @Test
  void whatIsSubscribedToComesAgainAfterRedisWasAway() throws Exception {
    get(channels.subscribe("one", this::receive));
    get(channels.subscribePattern("a#*", this::receive));
    server.kill();
    assertThatThrownBy(
            () -> {
              while (true) { // until it is noticed
                get(channels.publish("one", new byte[1]));
              }
            })
        .isInstanceOf(ExecutionException.class)
        .hasCauseInstanceOf(EngineException.class);
    server.restart();
    assertThat(back.tryAcquire(30, TimeUnit.SECONDS)).isTrue();
    while (get(channels.publish("one", new byte[1])) == 0
        || get(channels.publish("a#b#", new byte[2])) == 0) {
      Thread.onSpinWait();
    }
    assertThat(received.poll(30, TimeUnit.SECONDS)).isEqualTo("one 1");
  }

  @Test
  void aConnectionIsSubscribedToAChannelOnce() throws Exception {
    RedisChannels second = redis.channels(back::release);
    get(channels.subscribe("one", this::receive));
    assertThatThrownBy(() -> second.subscribe("one", this::receive))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("'one'");
    channels.close();
    get(second.subscribe("one", this::receive));
    assertThat(get(second.publish("one", new byte[7]))).isEqualTo(1);
    assertReceived("one 7");
  }

  @Test
  void whatWaitsForRedisIsBounded() throws Exception {
    assertThatThrownBy(() -> get(channels.publish("one", new byte[(4 << 20) + 1])))
        .hasMessageContaining("bytes wait for Redis");
    assertThat(redis.status().dropped()).isEqualTo(1);
  }
}
