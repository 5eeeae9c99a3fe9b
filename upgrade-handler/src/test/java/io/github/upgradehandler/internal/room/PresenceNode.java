package io.github.upgradehandler.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.room.presence.Part;
import io.github.upgradehandler.room.presence.PresenceEngine;
import io.github.upgradehandler.room.presence.Present;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A node with one room, which objects to whatever it must not be told. */
final class PresenceNode implements PresenceEngine.Listener {

  /** When all was well for so long with a user on a node, everybody knows. */
  private static final Duration ESTABLISHED = Duration.ofSeconds(15);

  /** For which of the users a node knows what others have. */
  private static final String ITSELF = "itself";

  final SimulatedPresence engine;
  private final RoomPresence room;
  private final NodeLease lease;
  private final Map<String, Integer> users = new HashMap<>();
  private final Map<String, Duration> well = new HashMap<>();
  private final List<AssertionError> objections = new ArrayList<>();
  private final Consumer<String> wentTold;
  private int others;
  private @Nullable Set<String> told;
  private int troubles;

  /**
   * A node without members.
   *
   * @param wentTold is told each user that this node takes for gone
   */
  PresenceNode(
      String process, SimulatedPresence engine, VirtualTime time, Consumer<String> wentTold) {
    this.engine = engine;
    this.wentTold = wentTold;
    AtomicLong versions = new AtomicLong();
    lease = new NodeLease(process, engine, time::now, living -> roomNow().living());
    room =
        new RoomPresence(
            "room", process, engine, lease, versions::incrementAndGet, this::changed, () -> {});
    engine.start(this);
    lease.start();
  }

  private RoomPresence roomNow() {
    return room;
  }

  private void changed(Present present, Set<String> came, Set<String> went) {
    Set<String> before = told;
    if (before != null) {
      Set<String> now = new HashSet<>(before);
      now.addAll(came);
      now.removeAll(went);
      object(
          () -> {
            assertThat(came).as("came twice").noneMatch(before::contains);
            assertThat(before).as("went without being there").containsAll(went);
            assertThat(present.users()).as("what is told one by one").isEqualTo(now);
          });
    }
    told = present.users();
    if (isEstablished(ITSELF)) {
      went.forEach(wentTold);
    }
  }

  private void object(Runnable assertions) {
    try {
      assertions.run();
    } catch (AssertionError e) {
      objections.add(e);
    }
  }

  List<AssertionError> objections() {
    return objections;
  }

  void join(String user) {
    if (user.isEmpty()) {
      others++;
    } else {
      users.merge(user, 1, Integer::sum);
    }
    tellRoom();
  }

  void leave(String user) {
    if (user.isEmpty()) {
      others = Math.max(0, others - 1);
    } else {
      users.computeIfPresent(user, (name, count) -> count == 1 ? null : count - 1);
    }
    tellRoom();
  }

  private void tellRoom() {
    Part now = here();
    room.members(() -> now, () -> {});
    if (now.connections() == 0) {
      told = null;
      well.remove(ITSELF);
    }
  }

  Part here() {
    return new Part("", 0, users, others);
  }

  @Nullable Present present() {
    return room.present();
  }

  boolean isAtRest() {
    return room.isAtRest();
  }

  /** This node's fault: for a while others may take its users for gone. */
  void isUnwell() {
    troubles++;
    well.clear();
  }

  /** One fault of it is over. */
  void isWell() {
    troubles--;
  }

  /**
   * So much time has passed.
   *
   * @param good whether the server was there for all nodes
   */
  void passed(Duration time, boolean good) {
    well.keySet().removeIf(name -> !name.equals(ITSELF) && !users.containsKey(name));
    users.keySet().forEach(user -> well.putIfAbsent(user, Duration.ZERO));
    if (here().connections() > 0) {
      well.putIfAbsent(ITSELF, Duration.ZERO);
    }
    well.replaceAll(
        (name, sum) -> {
          if (isEnough(sum)) {
            return sum;
          }
          return good && troubles == 0 ? sum.plus(time) : Duration.ZERO;
        });
  }

  /** Whether everybody knows that a user is here, whatever happens to the server since. */
  boolean hasForLong(String user) {
    return users.containsKey(user) && isEstablished(user);
  }

  private boolean isEstablished(String name) {
    return isEnough(well.getOrDefault(name, Duration.ZERO));
  }

  private static boolean isEnough(Duration time) {
    return time.compareTo(ESTABLISHED) > 0;
  }

  @Override
  public void changed(String name, Part part) {
    room.changed(part);
  }

  @Override
  public void check(String name) {
    room.check();
  }

  @Override
  public void away() {
    lease.away();
  }

  @Override
  public void back() {
    lease.back();
    room.back();
  }
}
