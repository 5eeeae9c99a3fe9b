package io.github.upgradehandler.internal.room;

import io.github.upgradehandler.room.presence.Part;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The leases and the parts of one room as a server keeps them, with all that can happen to it. */
final class SimulatedPresenceStore {

  private record Data(Map<String, Long> leases, Map<String, Part> parts) {
    Data copy() {
      return new Data(new HashMap<>(leases), new HashMap<>(parts));
    }
  }

  private final VirtualTime time;
  private final List<Data> history = new ArrayList<>();
  private boolean reachable = true;
  private long stalledUntil;
  private Data data = new Data(new HashMap<>(), new HashMap<>());

  SimulatedPresenceStore(VirtualTime time) {
    this.time = time;
  }

  boolean isReachable() {
    return reachable;
  }

  void reachable(boolean value) {
    reachable = value;
  }

  /** Does nothing for a while, without ending a connection. */
  void stall(Duration length) {
    stalledUntil = Math.max(stalledUntil, time.now() + length.toNanos());
  }

  /** How long it still does nothing. */
  Duration stalled() {
    return Duration.ofNanos(Math.max(0, stalledUntil - time.now()));
  }

  Set<String> enter(String node, Duration lease) {
    expire();
    data.leases.put(node, time.now() + lease.toNanos());
    return Set.copyOf(data.leases.keySet());
  }

  Set<String> renew(String node, Duration lease) {
    expire();
    data.leases.computeIfPresent(node, (name, end) -> time.now() + lease.toNanos());
    return Set.copyOf(data.leases.keySet());
  }

  private void expire() {
    data.leases.values().removeIf(end -> end <= time.now());
  }

  /** Whether it is taken. */
  boolean put(Part part) {
    Part known = data.parts.get(part.node());
    if (known != null && known.version() > part.version()) {
      return false;
    }
    history.add(data.copy());
    if (part.connections() == 0) {
      data.parts.remove(part.node());
    } else {
      data.parts.put(part.node(), part);
    }
    return true;
  }

  List<Part> read() {
    return List.copyOf(data.parts.values());
  }

  void forget(Set<String> nodes) {
    nodes.forEach(data.parts::remove);
  }

  /** Another server takes over, which may lack the latest. */
  void failOver(int lostPuts) {
    if (lostPuts > 0 && !history.isEmpty()) {
      int index = Math.max(0, history.size() - lostPuts);
      data = history.get(index).copy();
      history.subList(index, history.size()).clear();
    }
  }

  /** Forgets everything. */
  void flush() {
    data = new Data(new HashMap<>(), new HashMap<>());
  }
}
