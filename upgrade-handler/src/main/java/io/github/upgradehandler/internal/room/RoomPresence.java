package io.github.upgradehandler.internal.room;

import io.github.upgradehandler.room.presence.Part;
import io.github.upgradehandler.room.presence.PresenceEngine;
import io.github.upgradehandler.room.presence.Present;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Who is in one room, as a node with members there knows it: it puts its own part, and holds those
 * of the others. What changes is told once. Thread-safe: all that happens is put into one lane.
 */
public final class RoomPresence {

  private static final Duration RETRY = Duration.ofSeconds(1);

  /** What a room is told of. */
  private enum Interest {
    /** There are no members here. */
    NONE,
    /** What others have is not known yet. */
    ASKED,
    /** It is, and is kept so. */
    KNOWN
  }

  private final String room;
  private final String process;
  private final PresenceEngine engine;
  private final NodeLease lease;
  private final LongSupplier versions;
  private final Telling telling;
  private final Runnable rested;
  private final Lane lane = new Lane("the presence of a room");

  // All confined to the lane, but for what is volatile.
  private final Parts parts = new Parts();
  private Interest interest = Interest.NONE;
  private Part own = new Part("", 0, Map.of(), 0);
  private @Nullable Part acknowledged;
  private boolean changed;
  private boolean putting;
  private boolean subscribed;
  private boolean mustRead;
  private boolean confirming;
  private long question;
  private volatile boolean resting = true;

  /**
   * A room without members here.
   *
   * @param process names this node, as it does its leases
   * @param versions gives ascending numbers, to all rooms of the node
   * @param rested run when {@link #isAtRest} may have become true
   */
  public RoomPresence(
      String room,
      String process,
      PresenceEngine engine,
      NodeLease lease,
      LongSupplier versions,
      PresenceAudience audience,
      Runnable rested) {
    this.room = room;
    this.process = process;
    this.engine = engine;
    this.lease = lease;
    this.versions = versions;
    this.telling = new Telling(audience);
    this.rested = rested;
  }

  /** Who is there, as was told last; null while that is not known. */
  public @Nullable Present present() {
    return telling.present();
  }

  /** Whether nobody is here, and the others know it: nothing more is to be done. */
  public boolean isAtRest() {
    return resting;
  }

  /**
   * The members of this node have changed.
   *
   * @param now whom there are; its name and version do not matter
   * @param done run when that is taken in
   */
  public void members(Supplier<Part> now, Runnable done) {
    lane.run(
        () -> {
          own = now.get();
          changed = true;
          if (own.connections() == 0) {
            rest();
          } else if (interest == Interest.NONE) {
            interest = Interest.ASKED;
            resting = false;
            look();
          }
          put();
          tell();
          done.run();
        });
  }

  private void rest() {
    if (interest == Interest.NONE) {
      return;
    }
    tell();
    interest = Interest.NONE;
    question++;
    subscribed = false;
    mustRead = false;
    confirming = false;
    parts.clear();
    telling.forget();
    engine.unsubscribe(room);
  }

  /** See {@link PresenceEngine.Listener#changed}. */
  public void changed(Part part) {
    ifMembersAreHere(
        () -> {
          parts.take(part, question, lease.questions());
          lookForUnknown(lease.living());
          tell();
        });
  }

  /** See {@link PresenceEngine.Listener#check}. */
  public void check() {
    ifMembersAreHere(this::look);
  }

  /** See {@link PresenceEngine.Listener#back}. */
  public void back() {
    lane.run(
        () -> {
          subscribed = false;
          if (interest != Interest.NONE) {
            look();
          }
          changed = true;
          put();
        });
  }

  /** Which nodes live has changed. */
  public void living() {
    lane.run(
        () -> {
          Living living = lease.living();
          if (acknowledged != null && !acknowledged.node().equals(living.own())) {
            acknowledged = null; // it counts no more
            changed = true;
          }
          put();
          if (interest == Interest.NONE) {
            return;
          }
          Set<String> dead = parts.dropDead(living);
          if (!dead.isEmpty()) {
            engine.forget(room, dead);
          }
          lookForUnknown(living);
          if (mustRead && !living.grace() && living.current()) {
            look();
          }
          tell();
        });
  }

  /** A node may be new, or may have ended before what it has put came. */
  private void lookForUnknown(Living living) {
    if (parts.hasUnknown(living)) {
      lease.look();
    }
  }

  private void ifMembersAreHere(Runnable action) {
    lane.run(
        () -> {
          if (interest != Interest.NONE) {
            action.run();
          }
        });
  }

  /** Reads what the others have, and has changes told, if they are not. */
  private void look() {
    long number = ++question;
    long leases = lease.questions();
    boolean first = !subscribed;
    lane.ask(
        () -> first ? engine.subscribe(room) : engine.read(room),
        (found, error) -> {
          if (number != question) {
            return;
          }
          interest = Interest.KNOWN; // where that fails, this node's own are told
          if (found == null) {
            engine.after(RETRY, () -> lane.run(() -> lookAgain(number)));
          } else {
            subscribed = true;
            take(found, number, leases);
          }
          tell();
        });
  }

  private void lookAgain(long number) {
    if (number == question) {
      look();
    }
  }

  private void take(List<Part> found, long number, long leases) {
    Part put = acknowledged;
    Long version = put == null ? null : Parts.version(found, put.node());
    boolean lost = put != null && !putting && (version == null || version < put.version());
    Living living = lease.living();
    boolean unsure = lost || living.grace() || !living.current(); // of what others have put, too
    boolean drops = !unsure && confirming;
    confirming = !unsure && !confirming && parts.misses(found, number);
    mustRead = unsure || confirming;
    parts.takeAll(found, number, leases, !drops);
    if (confirming) {
      lease.look(); // if the server has lost its data, the own lease is lost as well
    }
    lookForUnknown(living);
    if (lost) {
      changed = true;
      put();
    }
  }

  /** Puts what this node has, if the others do not know it, and its lease runs. */
  private void put() {
    String node = lease.living().own();
    if (!changed || putting || node.isEmpty()) {
      return;
    }
    if (interest == Interest.NONE && acknowledged == null) {
      changed = false; // nobody knows of any
      rested();
      return;
    }
    putting = true;
    changed = false;
    Part part = new Part(node, versions.getAsLong(), own.users(), own.others());
    lane.ask(
        () -> engine.put(room, part),
        (done, error) -> {
          acknowledged = part; // it may be there in any case
          if (error != null) {
            changed = true;
            engine.after(RETRY, () -> lane.run(this::putNext));
          } else if (interest == Interest.NONE && !changed) {
            acknowledged = null;
            putting = false;
            rested();
          } else {
            putNext();
          }
        });
  }

  private void rested() {
    resting = true;
    rested.run();
  }

  private void putNext() {
    putting = false;
    put();
  }

  private void tell() {
    if (interest != Interest.KNOWN) {
      return;
    }
    Present others = Parts.sum(parts.visible(lease.living(), process), lease.living());
    telling.tell(own, others);
  }
}
