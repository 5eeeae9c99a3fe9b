package io.github.upgradehandler.room;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.Recipient;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.internal.log.Log;
import io.github.upgradehandler.room.log.Engine;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Retention;
import java.security.Principal;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of an application, and the connections in them: WebSockets, or other {@link
 * Recipient}s.
 *
 * <pre>{@code
 * private final Rooms rooms = new Rooms();
 *
 * public void onOpen(WebSocket socket) {
 *   rooms.room("lobby").join(socket);
 * }
 *
 * public void onText(WebSocket socket, String text) {
 *   rooms.room("lobby").sendToOthers(socket, PreparedMessage.text(text));
 * }
 * }</pre>
 *
 * <p>A connection leaves all rooms by itself when it ends, just before {@link
 * io.github.upgradehandler.WebSocketHandler#onClose}; a room is there as long as it has members. A
 * message is encoded once however many receive it, and several that are sent while a handler's
 * method runs reach each receiver with one flush.
 *
 * <p>Thread-safe; no method blocks.
 */
public final class Rooms {

  private final JoinRule joinRule;
  private final Backplane backplane;
  private final OrderedEvents events = new OrderedEvents();
  private final Groups groups;
  private final Members members;
  private final RoomLogs logs;

  /** Rooms with all defaults: everyone may join, in this process only. */
  public Rooms() {
    this(new Builder());
  }

  private Rooms(Builder builder) {
    joinRule = builder.joinRule;
    backplane = builder.backplane;
    groups = new Groups(new RoomChanges(this, builder.listener, backplane, events));
    Function<WebSocket, Optional<String>> userOf = builder.userOf;
    logs = builder.logs.get();
    members =
        new Members(
            recipient -> user(recipient, userOf),
            builder.maxRoomsPerSocket,
            groups,
            events,
            logs::left);

    backplane.start((channel, message) -> deliver(channel, message, null));
  }

  private static Optional<String> user(
      Recipient recipient, Function<WebSocket, Optional<String>> userOf) {
    return recipient instanceof WebSocket socket ? userOf.apply(socket) : nameOf(recipient);
  }

  private static Optional<String> nameOf(Recipient recipient) {
    return Answered.by(
            recipient, "principal", recipient.principal(), "an Optional, such as Optional.empty()")
        .map(Principal::getName);
  }

  /** A builder that holds the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** The room of a name, whether it has members or not. */
  public Room room(String name) {
    return new Room(this, name);
  }

  /** The names of the rooms that have members on this node; a snapshot. */
  public Set<String> names() {
    return groups.names(Audience.Kind.ROOM);
  }

  /**
   * Makes a connection known without any room, so that {@link #sendToAll} and {@link #sendToUser}
   * reach it until it ends; {@link Room#join} does so too.
   */
  public void add(Recipient recipient) {
    members.of(recipient);
  }

  /** Ends all memberships of a connection, which stays known. */
  public void leaveAll(Recipient recipient) {
    members.leaveAll(recipient);
  }

  /** The rooms that a connection is in; a snapshot. */
  public Set<String> roomsOf(Recipient recipient) {
    return members.roomsOf(recipient);
  }

  /**
   * Sends a message to every known connection.
   *
   * @return how many connections of this node have accepted it
   */
  public int sendToAll(PreparedMessage message) {
    return send(Audience.EVERYONE, message, null);
  }

  /**
   * Sends a message to every known connection of a user.
   *
   * @return how many connections of this node have accepted it
   */
  public int sendToUser(String user, PreparedMessage message) {
    return send(Audience.user(user), message, null);
  }

  /** The users with known connections to this node, each once; a snapshot. */
  public Set<String> users() {
    return groups.names(Audience.Kind.USER);
  }

  /** How many connections of this node are known. */
  public int size() {
    return size(Audience.EVERYONE);
  }

  JoinResult join(Recipient recipient, String room, @Nullable Position from) {
    if (isIn(recipient, room)) {
      return JoinResult.ALREADY_JOINED;
    }
    Optional<String> refusal = joinRule.refusal(recipient, room).or(() -> logs.refusal(room));
    return refusal.isPresent()
        ? JoinResult.refused(refusal.get())
        : members.join(recipient, room, () -> logs.joined(recipient, room, from));
  }

  RoomLogs logs() {
    return logs;
  }

  boolean leave(Recipient recipient, String room) {
    return members.leave(recipient, room);
  }

  boolean isIn(Recipient recipient, String room) {
    Member member = members.get(recipient);
    return member != null && member.isIn(room);
  }

  void subscribe(Subscriber subscriber, String room) {
    Audience channel = Audience.room(room);
    logs.requirePlain(channel, "subscribe a LogSubscriber, which is told positions");
    groups.add(channel, subscriber);
    events.tell(channel);
  }

  void unsubscribe(Subscriber subscriber, String room) {
    Audience channel = Audience.room(room);
    groups.remove(channel, subscriber);
    events.tell(channel);
  }

  int size(Audience channel) {
    Group group = groups.get(channel);
    return group == null ? 0 : group.recipients().size();
  }

  Set<String> usersIn(String room) {
    Group group = groups.get(Audience.room(room));
    return group == null ? Set.of() : Set.copyOf(group.users());
  }

  /** Sends to the connections of this node, then to the other nodes. */
  int send(Audience channel, PreparedMessage message, @Nullable Recipient except) {
    logs.requirePlain(channel, "use publish, whose answer says what became of it");
    int accepted = deliver(channel, message, except);
    try {
      backplane.publish(channel, message);
    } catch (Throwable e) {
      Log.failure("the backplane failed; the message reached this node only", e);
    }
    return accepted;
  }

  /** Whether nothing is kept, neither of connections nor of rooms. */
  boolean isEmpty() {
    return members.isEmpty() && groups.isEmpty();
  }

  private int deliver(Audience channel, PreparedMessage message, @Nullable Recipient except) {
    Group group = groups.get(channel);
    return group == null ? 0 : group.deliver(channel, message, except);
  }

  /** Sets what differs from the defaults. Not thread-safe. */
  public static final class Builder {

    private static final int DEFAULT_MAX_ROOMS_PER_SOCKET = 100;

    private Function<WebSocket, Optional<String>> userOf = Rooms::nameOf;
    private JoinRule joinRule = JoinRule.OPEN;
    private int maxRoomsPerSocket = DEFAULT_MAX_ROOMS_PER_SOCKET;
    private RoomListener listener = new RoomListener() {};
    private Backplane backplane = Backplane.SINGLE_NODE;
    private Supplier<RoomLogs> logs = RoomLogs::none;

    private Builder() {}

    /**
     * Sets how to find the user of a WebSocket: asked once, when it becomes known. Default: the
     * name of {@link WebSocket#principal}, if there is one; always so for another {@link
     * Recipient}.
     */
    public Builder userOf(Function<WebSocket, Optional<String>> value) {
      userOf = value;
      return this;
    }

    /** Sets which connections may join which room. Default {@link JoinRule#OPEN}. */
    public Builder joinRule(JoinRule value) {
      joinRule = value;
      return this;
    }

    /** Sets the most rooms that one connection may be in, from 1. Default 100. */
    public Builder maxRoomsPerSocket(int value) {
      if (value < 1) {
        throw new IllegalArgumentException("maxRoomsPerSocket must be at least 1, not " + value);
      }
      maxRoomsPerSocket = value;
      return this;
    }

    /** Sets the listener for users that come and go. Default none. */
    public Builder listener(RoomListener value) {
      listener = value;
      return this;
    }

    /** Sets what connects this node to others. Default {@link Backplane#SINGLE_NODE}. */
    public Builder backplane(Backplane value) {
      backplane = value;
      return this;
    }

    /**
     * Sets which rooms have a log, by name: members get its messages in order and without gaps, or
     * are told of one, and come back to where they were. Default none.
     *
     * @param engine keeps the logs, for these rooms alone; the application closes it
     */
    public Builder logged(
        Predicate<String> which, Engine engine, Retention retention, LogFraming framing) {
      logs = () -> new RoomLogs(engine, which, retention, framing);
      return this;
    }

    /** The rooms. */
    public Rooms build() {
      return new Rooms(this);
    }
  }
}
