package io.github.upgradehandler.room;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.Recipient;
import io.github.upgradehandler.SendResult;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.internal.log.Log;
import io.github.upgradehandler.internal.log.LoggedConnection;
import io.github.upgradehandler.internal.room.LogAudience;
import io.github.upgradehandler.internal.room.LogTally;
import io.github.upgradehandler.internal.room.Outbox;
import io.github.upgradehandler.internal.room.RoomLog;
import io.github.upgradehandler.internal.work.Cork;
import io.github.upgradehandler.room.log.Entry;
import io.github.upgradehandler.room.log.Lost;
import io.github.upgradehandler.room.log.Position;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The members and subscribers of a logged room on this node, and what goes to and from its log. */
final class LoggedRoom implements LogAudience {

  private static final CloseStatus TOO_SLOW =
      CloseStatus.TRY_AGAIN_LATER.withReason("too slow for a logged room");

  private final String name;
  private final String node;
  private final LogFraming framing;
  private final Outbox outbox;
  private final LogTally tally;
  private final RoomLog log;

  /** By whose they are: {@link Recipient}s and {@link LogSubscriber}s. */
  private final Map<Object, LogAudience.Newcomer> places = new ConcurrentHashMap<>();

  /** Those that have all up to where the log is. */
  private final Set<Recipient> members = ConcurrentHashMap.newKeySet();

  private final Set<LogSubscriber> subscribers = ConcurrentHashMap.newKeySet();

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
      LogTally tally,
      Function<LogAudience, RoomLog> log) {
    this.name = name;
    this.node = node;
    this.framing = framing;
    this.outbox = outbox;
    this.tally = tally;
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
    LogAudience.Newcomer place = new MemberPlace(member, from != null);
    places.put(member, place);
    log.attach(from, place);
  }

  /** Attaches a subscriber; false if it is one. */
  boolean attach(LogSubscriber subscriber, @Nullable Position from) {
    LogAudience.Newcomer place = new SubscriberPlace(subscriber);
    if (places.putIfAbsent(subscriber, place) != null) {
      return false;
    }
    log.attach(from, place);
    return true;
  }

  /**
   * A member or subscriber has left.
   *
   * @param done run if it was one, when it is gone
   */
  void detach(Object gone, Runnable done) {
    LogAudience.Newcomer place = places.remove(gone);
    if (place != null) {
      forget(gone);
      log.detach(
          place,
          () -> {
            forget(gone); // one that was about to be attached
            done.run();
          });
    }
  }

  private void forget(Object gone) {
    members.remove(gone);
    subscribers.remove(gone);
  }

  @Override
  public void entry(Position position, Entry entry) {
    for (LogSubscriber subscriber : subscribers) {
      tell(() -> subscriber.onMessage(position, entry.message()));
    }
    if (members.isEmpty()) {
      return;
    }
    PreparedMessage framed = framing.message(name, position, entry.message());
    Cork.Hold held = Cork.hold();
    try {
      for (Recipient member : members) {
        if (!isSender(member, entry)) {
          deliver(member, framed);
        }
      }
    } finally {
      held.end();
    }
  }

  @Override
  public void lost(Lost lost) {
    for (LogSubscriber subscriber : subscribers) {
      tell(subscriber, lost);
    }
    if (members.isEmpty()) {
      return;
    }
    PreparedMessage framed = framing.lost(name, lost);
    members.forEach(member -> deliverLost(member, framed));
  }

  private void tell(LogSubscriber subscriber, Lost lost) {
    tally.countLost();
    tell(() -> subscriber.onLost(lost));
  }

  private void deliverLost(Recipient member, PreparedMessage lost) {
    tally.countLost();
    deliver(member, lost);
  }

  /** What one throws must not keep the message from the others. */
  private void tell(Runnable call) {
    try {
      call.run();
    } catch (Throwable e) {
      Log.failure("a subscriber of logged room '" + name + "' failed", e);
    }
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
        closeTooSlow(socket);
      }
    } catch (Throwable e) {
      Log.failure("sending to " + member.id() + " failed", e);
    }
  }

  /** One that its {@code overflowPolicy} has closed has its line already. */
  private static void closeTooSlow(WebSocket socket) {
    boolean known = socket instanceof LoggedConnection && socket.isOpen();
    socket.close(TOO_SLOW);
    if (known) {
      ((LoggedConnection) socket)
          .closedBy("outboundLimitBytes", TOO_SLOW.code(), TOO_SLOW.reason());
    }
  }

  /** A member on its way into the room. */
  private final class MemberPlace implements LogAudience.Newcomer {

    private final Recipient member;
    private final boolean back;

    MemberPlace(Recipient member, boolean back) {
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
      deliverLost(member, framing.lost(name, lost));
    }

    @Override
    public void attached(Position position) {
      if (places.get(member) == this) {
        if (!back) {
          deliver(member, framing.joined(name, position));
        }
        members.add(member);
      }
    }
  }

  /** A subscriber on its way. */
  private final class SubscriberPlace implements LogAudience.Newcomer {

    private final LogSubscriber subscriber;

    SubscriberPlace(LogSubscriber subscriber) {
      this.subscriber = subscriber;
    }

    @Override
    public void entry(Position position, Entry entry) {
      tell(() -> subscriber.onMessage(position, entry.message()));
    }

    @Override
    public void lost(Lost lost) {
      tell(subscriber, lost);
    }

    @Override
    public void attached(Position position) {
      if (places.get(subscriber) == this) {
        tell(() -> subscriber.onAttached(position));
        subscribers.add(subscriber);
      }
    }
  }
}
