package io.github.upgradehandler.room;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.Recipient;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.room.log.Engine;
import io.github.upgradehandler.room.log.Holding;
import io.github.upgradehandler.room.log.LogCounts;
import io.github.upgradehandler.room.log.Published;
import io.github.upgradehandler.room.log.Retention;
import io.github.upgradehandler.room.presence.PresenceEngine;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.function.Predicate;

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

  private final Groups groups;
  private final Members members;
  private final RoomLogs logs;
  private final RoomPresences presences;
  private final Entrance entrance;
  private final Subscriptions subscriptions;
  private final Delivery delivery;
  private final Disconnects disconnects;

  /** Rooms with all defaults: everyone may join, in this process only. */
  public Rooms() {
    this(new Builder());
  }

  private Rooms(Builder builder) {
    OrderedEvents events = new OrderedEvents();
    presences = builder.presences.apply(this);
    groups =
        new Groups(new RoomChanges(this, builder.listener, builder.backplane, presences, events));
    logs = builder.logs.apply(builder.holding);
    Function<Recipient, Optional<String>> userOf = Users.by(builder.userOf);
    members = new Members(userOf, builder.maxRoomsPerSocket, groups, events, logs::left);
    entrance = new Entrance(builder.joinRule, members, logs, presences);
    subscriptions = new Subscriptions(groups, logs, events);
    delivery = new Delivery(groups, logs, builder.backplane);
    disconnects = new Disconnects(groups, logs, builder.stillAllowed);
    disconnects.start();
    builder.backplane.start(delivery::received);
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
    return delivery.send(Audience.EVERYONE, message, null);
  }

  /**
   * Sends a message to every known connection of a user.
   *
   * @return how many connections of this node have accepted it
   */
  public int sendToUser(String user, PreparedMessage message) {
    return delivery.send(Audience.user(user), message, null);
  }

  /**
   * The same as {@link #sendToAll} for this node alone.
   *
   * @return how many connections have accepted it
   */
  public int sendToAllHere(PreparedMessage message) {
    return delivery.sendHere(Audience.EVERYONE, message, null);
  }

  /**
   * Closes all known WebSockets of a user, on all nodes that share the engine of {@link
   * Builder#logged}, else on this one; on one that is away as soon as it is back. A {@link
   * Recipient} of another kind has to end itself.
   *
   * @return {@link Published.Appended} if it is certain that it will be done
   * @throws IllegalArgumentException if the status has a code that may not be sent
   */
  public CompletionStage<Published> disconnectUser(String user, CloseStatus status) {
    return disconnects.publish(user, status);
  }

  /** The users with known connections to this node, each once; a snapshot. */
  public Set<String> users() {
    return groups.names(Audience.Kind.USER);
  }

  /** How many connections of this node are known. */
  public int size() {
    return groups.size(Audience.EVERYONE);
  }

  /** What has become of the messages to the logged rooms of this node. */
  public LogCounts logCounts() {
    return logs.counts();
  }

  Entrance entrance() {
    return entrance;
  }

  Members members() {
    return members;
  }

  Groups groups() {
    return groups;
  }

  RoomLogs logs() {
    return logs;
  }

  RoomPresences presences() {
    return presences;
  }

  Subscriptions subscriptions() {
    return subscriptions;
  }

  Delivery delivery() {
    return delivery;
  }

  Disconnects disconnects() {
    return disconnects;
  }

  /** Whether nothing is kept, neither of connections nor of rooms. */
  boolean isEmpty() {
    return members.isEmpty() && groups.isEmpty() && presences.isEmpty();
  }

  /** Sets what differs from the defaults. Not thread-safe. */
  public static final class Builder {

    private static final int DEFAULT_MAX_ROOMS_PER_SOCKET = 100;

    private Function<WebSocket, Optional<String>> userOf = Users::nameOf;
    private JoinRule joinRule = JoinRule.OPEN;
    private int maxRoomsPerSocket = DEFAULT_MAX_ROOMS_PER_SOCKET;
    private RoomListener listener = new RoomListener() {};
    private Backplane backplane = Backplane.SINGLE_NODE;
    private Predicate<String> stillAllowed = user -> true;
    private Function<Holding, RoomLogs> logs = holding -> RoomLogs.none();
    private Holding holding = Holding.DEFAULTS;
    private Function<Rooms, RoomPresences> presences = RoomPresences::none;

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
      logs = held -> new RoomLogs(engine, which, retention, framing, held);
      return this;
    }

    /** Sets what is held while the engine is away. Default {@link Holding#DEFAULTS}. */
    public Builder holding(Holding value) {
      holding = value;
      return this;
    }

    /**
     * Sets which rooms have presence over nodes, by name: see {@link Room#present}. Default none.
     *
     * @param engine has the nodes know of each other, for these rooms alone; the application closes
     *     it
     * @param listener is told who comes and goes
     */
    public Builder presence(
        Predicate<String> which, PresenceEngine engine, PresenceListener listener) {
      presences = rooms -> new RoomPresences(rooms, engine, which, listener);
      return this;
    }

    /**
     * Sets who says whether a user may still be connected, asked for each where this node cannot
     * know whom {@link Rooms#disconnectUser} has disconnected while it was away. Default: everybody
     * may.
     */
    public Builder stillAllowed(Predicate<String> value) {
      stillAllowed = value;
      return this;
    }

    /** The rooms. */
    public Rooms build() {
      return new Rooms(this);
    }
  }
}
