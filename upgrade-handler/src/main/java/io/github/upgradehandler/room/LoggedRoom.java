package io.github.upgradehandler.room;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.Recipient;
import io.github.upgradehandler.SendResult;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.internal.log.Log;
import io.github.upgradehandler.internal.room.LogAudience;
import io.github.upgradehandler.internal.room.Outbox;
import io.github.upgradehandler.internal.room.RoomLog;
import io.github.upgradehandler.room.log.Entry;
import io.github.upgradehandler.room.log.Lost;
import io.github.upgradehandler.room.log.Position;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The members that a logged room has on this node, and what goes to and from its log. */
final class LoggedRoom implements LogAudience {

  private static final CloseStatus TOO_SLOW =
      CloseStatus.TRY_AGAIN_LATER.withReason("too slow for a logged room");

  private final String name;
  private final String node;
  private final LogFraming framing;
  private final Outbox outbox;
  private final RoomLog log;
  private final Map<Recipient, Place> places = new ConcurrentHashMap<>();

  /** Those that have all up to where the log is. */
  private final Set<Recipient> attached = ConcurrentHashMap.newKeySet();

  private int uses; // guarded by the lock of the map that it is in

  /**
   * A room without members.
   *
   * @param node names this process
   * @param log makes what calls this
   */
  LoggedRoom(
      String name,
      String node,
      LogFraming framing,
      Outbox outbox,
      Function<LogAudience, RoomLog> log) {
    this.name = name;
    this.node = node;
    this.framing = framing;
    this.outbox = outbox;
    this.log = log.apply(this);
  }

  /** One more member, or message that is not answered yet. */
  void use() {
    uses++;
  }

  /** One less; whether it was the last. */
  boolean unuse() {
    return --uses == 0;
  }

  RoomLog log() {
    return log;
  }

  Outbox outbox() {
    return outbox;
  }

  /**
   * Attaches a member; calls for one member come one after another.
   *
   * @param from what it has seen already, if it says so
   */
  void attach(Recipient member, @Nullable Position from) {
    Place place = new Place(member, from != null);
    places.put(member, place);
    log.attach(from, place);
  }

  /** A member has left; whether it was one. */
  boolean detach(Recipient member) {
    Place place = places.remove(member);
    if (place == null) {
      return false;
    }
    attached.remove(member);
    log.detach(place);
    return true;
  }

  @Override
  public void entry(Position position, Entry entry) {
    PreparedMessage framed = framing.message(name, position, entry.message());
    for (Recipient member : attached) {
      if (!isSender(member, entry)) {
        deliver(member, framed);
      }
    }
  }

  @Override
  public void lost(Lost lost) {
    PreparedMessage framed = framing.lost(name, lost);
    attached.forEach(member -> deliver(member, framed));
  }

  private boolean isSender(Recipient member, Entry entry) {
    return entry.node().equals(node) && entry.sender().equals(member.id());
  }

  /**
   * A member that does not take a message would have a gap that nobody tells it of: it is closed,
   * to come back to where it was.
   */
  private static void deliver(Recipient member, PreparedMessage message) {
    try {
      if (member.send(message) == SendResult.OVERFLOW && member instanceof WebSocket socket) {
        socket.close(TOO_SLOW);
      }
    } catch (Throwable e) {
      Log.failure("sending to " + member.id() + " failed", e);
    }
  }

  /** A member on its way into the room. */
  private final class Place implements LogAudience.Newcomer {

    private final Recipient member;
    private final boolean back;

    Place(Recipient member, boolean back) {
      this.member = member;
      this.back = back;
    }

    @Override
    public void entry(Position position, Entry entry) {
      if (!isSender(member, entry)) {
        deliver(member, framing.message(name, position, entry.message()));
      }
    }

    @Override
    public void lost(Lost lost) {
      deliver(member, framing.lost(name, lost));
    }

    @Override
    public void attached(Position position) {
      if (places.get(member) == this) {
        if (!back) {
          deliver(member, framing.joined(name, position));
        }
        attached.add(member);
      }
    }
  }
}
