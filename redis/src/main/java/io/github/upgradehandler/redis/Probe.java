package io.github.upgradehandler.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Duration;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Finds out whether a link still is what it was: what is published must come back, which a
 * subscription that is silently dead does not do, and the server must be the same master. Confined
 * to the worker.
 */
final class Probe {

  /** A dead subscription is noticed within three of them. */
  private static final Duration PERIOD = Duration.ofMillis(1500);

  private static final int MOST_MISSED = 2;

  private final Link link;
  private final Worker worker;
  private final byte[] channel;
  private final Monitor monitor;
  private final Consumer<String> dead;

  private long sent;
  private long sentAt;
  private long heard;
  private boolean over;

  /**
   * Does nothing yet.
   *
   * @param channel of this link alone
   * @param dead is told why, once
   */
  Probe(Link link, Worker worker, byte[] channel, Monitor monitor, Consumer<String> dead) {
    this.link = link;
    this.worker = worker;
    this.channel = channel;
    this.monitor = monitor;
    this.dead = dead;
  }

  void start() {
    link.subscriptions()
        .add(channel, message -> worker.execute(() -> heard(new String(message, UTF_8))));
    tick();
  }

  private void heard(String number) {
    if (number.equals(Long.toString(sent))) {
      monitor.probed(System.nanoTime() - sentAt);
    }
    heard = Math.max(heard, Long.parseLong(number));
  }

  private void tick() {
    if (over || !link.isOpen()) {
      return;
    }
    if (sent - heard >= MOST_MISSED) {
      die("what is published does not come back");
      return;
    }
    sent++;
    sentAt = System.nanoTime();
    link.publish(channel, Long.toString(sent).getBytes(UTF_8));
    if (link.server().isKnown()) {
      link.replication()
          .thenAccept(
              info -> worker.execute(() -> compare(ServerInfo.parse(info).get("master_replid"))));
    }
    link.flush();
    worker.after(PERIOD, this::tick);
  }

  private void compare(@Nullable String replication) {
    if (replication != null && !replication.equals(link.server().replication())) {
      die("the server has another role, or other data");
    }
  }

  private void die(String why) {
    if (!over) {
      over = true;
      dead.accept(why);
    }
  }
}
