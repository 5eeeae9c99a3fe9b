package io.github.upgradehandler.internal.room;

import io.github.upgradehandler.room.presence.PresenceEngine;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the lease of this node, and knows whose runs. A node that is killed is gone when its lease
 * has ended, after five seconds, and the others have asked, after one more. While the engine is
 * away, and for a lease after it or this node was not there, nobody is taken for gone. Thread-safe.
 */
public final class NodeLease {

  private static final Duration LEASE = Duration.ofSeconds(5);
  private static final Duration PERIOD = Duration.ofSeconds(1);

  /** After so long without an answer, the leases of others may have ended for the same reason. */
  private static final Duration GAP = Duration.ofMillis(2500);

  private static final Duration GRACE = LEASE.plus(PERIOD);

  private final PresenceEngine engine;
  private final LongSupplier nanoClock;
  private final Consumer<Living> told;
  private final Lane lane = new Lane("the lease of this node");

  // All confined to the lane, but for what is volatile.
  private NodeName name;
  private boolean entered;
  private boolean asking;
  private long wanted = Long.MAX_VALUE;
  private boolean away;
  private long answeredAt;
  private long graceUntil;
  private final AtomicLong questions = new AtomicLong();
  private volatile Living living = new Living("", Set.of(), 0, false, false);

  /**
   * A node without a lease.
   *
   * @param process names the node, as no other ever was
   * @param nanoClock monotonic, in nanoseconds
   * @param told of each change
   */
  public NodeLease(
      String process, PresenceEngine engine, LongSupplier nanoClock, Consumer<Living> told) {
    this.engine = engine;
    this.nanoClock = nanoClock;
    this.told = told;
    name = new NodeName(process, 1);
    answeredAt = nanoClock.getAsLong();
    graceUntil = answeredAt;
  }

  /** Takes the lease, and renews it from now on. */
  public void start() {
    lane.run(this::tick);
  }

  /** What is known now. */
  public Living living() {
    return living;
  }

  /** The number of the latest question to the engine. */
  long questions() {
    return questions.get();
  }

  /** The engine cannot be asked. */
  public void away() {
    lane.run(
        () -> {
          away = true;
          become(living.nodes(), living.question());
        });
  }

  /** It can again. */
  public void back() {
    lane.run(
        () -> {
          away = false;
          takeAnotherName(); // a server that has lost its end would have rooms that were left
          ask();
        });
  }

  /** There may be a node that is not known yet: rooms are told of the next answer in any case. */
  void look() {
    lane.run(
        () -> {
          wanted = Math.min(wanted, questions.get() + 1);
          ask();
        });
  }

  private void tick() {
    ask();
    engine.after(PERIOD, () -> lane.run(this::tick));
  }

  private void ask() {
    if (asking || away) {
      return;
    }
    asking = true;
    long question = questions.incrementAndGet();
    String own = name.toString();
    lane.ask(
        () -> entered ? engine.renew(own, LEASE) : engine.enter(own, LEASE),
        (nodes, error) -> {
          asking = false;
          if (own.equals(name.toString())) {
            answered(question, nodes);
          } else {
            ask();
          }
        });
  }

  private void answered(long question, @Nullable Set<String> nodes) {
    long now = nanoClock.getAsLong();
    if (nodes == null) {
      if (now - answeredAt > GAP.toNanos()) {
        become(living.nodes(), living.question());
      }
      return;
    }
    if (!nodes.contains(name.toString())) {
      takeAnotherName();
      ask();
      return;
    }
    entered = true;
    if (now - answeredAt > GAP.toNanos()) {
      grace();
    }
    answeredAt = now;
    become(nodes, question);
    if (wanted <= questions.get() + 1) {
      ask();
    }
  }

  private void takeAnotherName() {
    name = name.next();
    entered = false;
    grace();
    become(living.nodes(), living.question());
  }

  private void grace() {
    graceUntil = nanoClock.getAsLong() + GRACE.toNanos();
  }

  private void become(Set<String> nodes, long question) {
    long now = nanoClock.getAsLong();
    boolean current = !away && now - answeredAt <= GAP.toNanos();
    Living before = living;
    Living next =
        new Living(
            entered ? name.toString() : before.own(),
            Set.copyOf(nodes),
            question,
            now < graceUntil,
            current);
    living = next;
    boolean looked = question >= wanted;
    if (looked) {
      wanted = Long.MAX_VALUE;
    }
    if (looked || !next.saysTheSame(before)) {
      told.accept(next);
    }
  }
}
