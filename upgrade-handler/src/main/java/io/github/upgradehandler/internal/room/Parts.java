package io.github.upgradehandler.internal.room;

import io.github.upgradehandler.room.presence.Part;
import io.github.upgradehandler.room.presence.Present;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a node knows of the parts that the others have of a room. Not thread-safe. */
public final class Parts {

  /**
   * What one node has put.
   *
   * @param question the number of the room's latest question when it came
   * @param leases the number of the latest question for leases when it came
   * @param lived whether its lease was ever seen to run
   */
  private record Held(Part part, long question, long leases, boolean lived) {}

  private final Map<String, Held> held = new HashMap<>();

  Parts() {}

  void clear() {
    held.clear();
  }

  /** Takes what was told. */
  void take(Part part, long question, long leases) {
    Held before = held.get(part.node());
    if (before == null || before.part.version() <= part.version()) {
      held.put(part.node(), new Held(part, question, leases, before != null && before.lived));
    }
  }

  /**
   * Takes what was read. What is not there any more was taken back, unless it came after the
   * question.
   *
   * @param keep whether it may be missing for no fault of its node
   */
  void takeAll(List<Part> parts, long question, long leases, boolean keep) {
    Set<String> read = new HashSet<>();
    for (Part part : parts) {
      read.add(part.node());
      take(part, question, leases);
    }
    if (!keep) {
      held.values().removeIf(one -> one.question < question && !read.contains(one.part.node()));
    }
  }

  /** Whether some are not in what was read, though they came before the question. */
  boolean misses(List<Part> parts, long question) {
    Set<String> read = new HashSet<>();
    parts.forEach(part -> read.add(part.node()));
    return held.values().stream()
        .anyMatch(
            one ->
                one.question < question
                    && one.part.connections() > 0
                    && !read.contains(one.part.node()));
  }

  /** Whether there are some of nodes whose lease does not run, for their own fault. */
  boolean hasUnknown(Living living) {
    return !living.grace()
        && living.current()
        && held.keySet().stream().anyMatch(node -> !living.nodes().contains(node));
  }

  /** Drops those of nodes whose lease has ended; their names. */
  Set<String> dropDead(Living living) {
    Set<String> dead = new HashSet<>();
    if (living.grace() || !living.current()) {
      return dead;
    }
    for (Iterator<Held> each = held.values().iterator(); each.hasNext(); ) {
      Held one = each.next();
      if (!living.nodes().contains(one.part.node()) && living.question() > one.leases) {
        each.remove();
        dead.add(one.part.node());
      }
    }
    return dead;
  }

  /** The parts that count: of each node the latest under which it lives, but this node's. */
  Collection<Part> visible(Living living, String process) {
    Map<String, Part> chosen = new HashMap<>();
    for (Map.Entry<String, Held> entry : held.entrySet()) {
      Held one = entry.getValue();
      if (living.nodes().contains(entry.getKey()) && !one.lived) {
        one = new Held(one.part, one.question, one.leases, true);
        entry.setValue(one);
      }
      NodeName name = NodeName.parse(one.part.node());
      if (counts(one, living) && !name.process().equals(process)) {
        chosen.merge(name.process(), one.part, (first, second) -> better(first, second, living));
      }
    }
    return chosen.values();
  }

  private static boolean counts(Held one, Living living) {
    return living.nodes().contains(one.part.node())
        || (one.lived && (living.grace() || !living.current()));
  }

  private static Part better(Part first, Part second, Living living) {
    boolean lives = living.nodes().contains(first.node());
    if (lives != living.nodes().contains(second.node())) {
      return lives ? first : second;
    }
    return NodeName.parse(first.node()).lease() > NodeName.parse(second.node()).lease()
        ? first
        : second;
  }

  /** All that is in parts of different nodes. */
  static Present sum(Collection<Part> parts, Living living) {
    Set<String> users = new HashSet<>();
    int connections = 0;
    for (Part part : parts) {
      users.addAll(part.users().keySet());
      connections += part.connections();
    }
    return new Present(users, connections, living.current());
  }

  /**
   * Who is in a room that this node has no members in.
   *
   * @param found all parts, as they were read
   * @param process names this node, as it does its leases
   */
  public static Present sum(List<Part> found, Living living, String process) {
    Parts parts = new Parts();
    parts.takeAll(found, 0, 0, true);
    return sum(parts.visible(living, process), living);
  }

  /** The version that is known of a node's part; null if there is none. */
  static @Nullable Long version(List<Part> parts, String node) {
    return parts.stream()
        .filter(part -> part.node().equals(node))
        .map(Part::version)
        .findFirst()
        .orElse(null);
  }
}
