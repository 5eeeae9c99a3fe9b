package io.github.upgradehandler.room;

import io.github.upgradehandler.internal.room.NodeLease;
import io.github.upgradehandler.internal.room.NodeName;
import io.github.upgradehandler.internal.room.Parts;
import io.github.upgradehandler.internal.room.RoomPresence;
import io.github.upgradehandler.room.presence.Part;
import io.github.upgradehandler.room.presence.PresenceEngine;
import io.github.upgradehandler.room.presence.Present;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Who is in the rooms over all nodes, of those that have presence. Thread-safe. */
final class RoomPresences implements PresenceEngine.Listener {

  /** A room, and how many changes of its members are on their way to it. */
  private static final class Watched {
    final RoomPresence presence;
    int changes; // guarded by the lock of the map that it is in

    Watched(RoomPresence presence) {
      this.presence = presence;
    }

    /** Null if nothing more is to be done for the room. */
    @Nullable Watched ifNeeded() {
      return changes == 0 && presence.isAtRest() ? null : this;
    }
  }

  private final String process = NodeName.newProcess();
  private final Rooms rooms;
  private final PresenceEngine engine;
  private final Predicate<String> which;
  private final PresenceListener listener;
  private final NodeLease lease;
  private final AtomicLong versions = new AtomicLong();
  private final Map<String, Watched> watched = new ConcurrentHashMap<>();

  RoomPresences(
      Rooms rooms, PresenceEngine engine, Predicate<String> which, PresenceListener listener) {
    this.rooms = rooms;
    this.engine = engine;
    this.which = which;
    this.listener = listener;
    lease =
        new NodeLease(process, engine, System::nanoTime, living -> forEach(RoomPresence::living));
    engine.start(this);
    lease.start();
  }

  /** Where no room has presence over nodes. */
  static RoomPresences none(Rooms rooms) {
    return new RoomPresences(
        rooms, PresenceEngine.inMemory(), room -> false, (room, present, came, went) -> {});
  }

  boolean has(String room) {
    return which.test(room);
  }

  /** Why a room cannot be joined, for the application; empty: it can. */
  Optional<String> refusal(String room) {
    return has(room) ? engine.refusal(room) : Optional.empty();
  }

  /** The members that a room with presence has on this node have changed. */
  void changed(String room) {
    Watched there =
        Objects.requireNonNull(
            watched.compute(
                room,
                (name, known) -> {
                  Watched one = known == null ? new Watched(open(name)) : known;
                  one.changes++;
                  return one;
                }));
    there.presence.members(() -> here(room), () -> taken(room));
  }

  private RoomPresence open(String name) {
    Room room = rooms.room(name);
    return new RoomPresence(
        name,
        process,
        engine,
        lease,
        versions::incrementAndGet,
        (present, came, went) -> listener.changed(room, present, came, went),
        () -> forgetAtRest(name));
  }

  private void taken(String room) {
    watched.computeIfPresent(
        room,
        (name, one) -> {
          one.changes--;
          return one.ifNeeded();
        });
  }

  private void forgetAtRest(String room) {
    watched.computeIfPresent(room, (name, one) -> one.ifNeeded());
  }

  private Part here(String room) {
    Group group = rooms.groups().get(Audience.room(room));
    if (group == null) {
      return new Part("", 0, Map.of(), 0);
    }
    Map<String, Integer> users = Map.copyOf(group.userCounts());
    int named = users.values().stream().mapToInt(Integer::intValue).sum();
    return new Part("", 0, users, Math.max(0, group.recipients().size() - named));
  }

  /** Whether nothing is kept of any room. */
  boolean isEmpty() {
    return watched.isEmpty();
  }

  /** Who is in a room, from what is known here, or asked for. */
  CompletionStage<Present> present(String room) {
    if (!has(room)) {
      Part here = here(room);
      return CompletableFuture.completedStage(
          new Present(here.users().keySet(), here.connections(), true));
    }
    Watched there = watched.get(room);
    Present known = there == null ? null : there.presence.present();
    return known != null
        ? CompletableFuture.completedStage(known)
        : engine.read(room).thenApply(parts -> Parts.sum(parts, lease.living(), process));
  }

  @Override
  public void changed(String room, Part part) {
    tell(watched.get(room), presence -> presence.changed(part));
  }

  @Override
  public void check(String room) {
    tell(watched.get(room), RoomPresence::check);
  }

  private static void tell(@Nullable Watched there, Consumer<RoomPresence> action) {
    if (there != null) {
      action.accept(there.presence);
    }
  }

  @Override
  public void away() {
    lease.away();
  }

  @Override
  public void back() {
    lease.back();
    forEach(RoomPresence::back);
  }

  private void forEach(Consumer<RoomPresence> action) {
    watched.values().forEach(one -> action.accept(one.presence));
  }
}
