package io.github.upgradehandler.room;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.internal.log.Log;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The rooms of an application, and the connections in them.
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

  private final Function<WebSocket, Optional<String>> userOf;
  private final JoinRule joinRule;
  private final int maxRoomsPerSocket;
  private final RoomListener listener;
  private final Backplane backplane;
  private final Map<WebSocket, Member> members = new ConcurrentHashMap<>();
  private final OrderedEvents events = new OrderedEvents();
  private final Groups groups = new Groups(new Telling());

  /** Rooms with all defaults: everyone may join, in this process only. */
  public Rooms() {
    this(new Builder());
  }

  private Rooms(Builder builder) {
    userOf = builder.userOf;
    joinRule = builder.joinRule;
    maxRoomsPerSocket = builder.maxRoomsPerSocket;
    listener = builder.listener;
    backplane = builder.backplane;
    backplane.start((channel, message) -> deliver(channel, message, null));
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
  public void add(WebSocket socket) {
    member(socket);
  }

  /** Ends all memberships of a connection, which stays known. */
  public void leaveAll(WebSocket socket) {
    roomsOf(socket).forEach(room -> leave(socket, room));
  }

  /** The rooms that a connection is in; a snapshot. */
  public Set<String> roomsOf(WebSocket socket) {
    Member member = members.get(socket);
    return member == null ? Set.of() : member.roomsNow();
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

  JoinResult join(WebSocket socket, String room) {
    if (isIn(socket, room)) {
      return JoinResult.ALREADY_JOINED;
    }
    Optional<String> refusal = joinRule.refusal(socket, room);
    if (refusal.isPresent()) {
      return JoinResult.refused(refusal.get());
    }
    Audience channel = Audience.room(room);
    JoinResult result = add(member(socket), channel);
    events.tell(channel);
    return result;
  }

  boolean leave(WebSocket socket, String room) {
    Member member = members.get(socket);
    Audience channel = Audience.room(room);
    boolean left = member != null && remove(member, channel);
    events.tell(channel);
    return left;
  }

  boolean isIn(WebSocket socket, String room) {
    Member member = members.get(socket);
    return member != null && member.isIn(room);
  }

  void subscribe(Subscriber subscriber, String room) {
    Audience channel = Audience.room(room);
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
    return group == null ? 0 : group.sockets().size();
  }

  Set<String> usersIn(String room) {
    Group group = groups.get(Audience.room(room));
    return group == null ? Set.of() : Set.copyOf(group.users());
  }

  /** Sends to the connections of this node, then to the other nodes. */
  int send(Audience channel, PreparedMessage message, @Nullable WebSocket except) {
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

  private int deliver(Audience channel, PreparedMessage message, @Nullable WebSocket except) {
    Group group = groups.get(channel);
    if (group == null) {
      return 0;
    }
    for (Subscriber subscriber : group.subscribers()) {
      try {
        subscriber.onMessage(message);
      } catch (Throwable e) {
        Log.failure("a subscriber of " + channel + " failed", e);
      }
    }
    int accepted = 0;
    for (WebSocket socket : group.sockets()) {
      if (socket != except && accepts(socket, message)) {
        accepted++;
      }
    }
    return accepted;
  }

  /** What sending to one throws must not keep the message from the others. */
  private static boolean accepts(WebSocket socket, PreparedMessage message) {
    try {
      return socket.send(message).isAccepted();
    } catch (Throwable e) {
      Log.failure("sending to " + socket.id() + " failed", e);
      return false;
    }
  }

  /** What is known of a connection, from now on if nothing was. */
  private Member member(WebSocket socket) {
    Member known = members.get(socket);
    if (known != null) {
      return known;
    }
    Member made = new Member(socket, userOf.apply(socket).orElse(null));
    List<Audience> standing = made.standingChannels();
    try {
      synchronized (made) {
        known = members.putIfAbsent(socket, made);
        if (known != null) {
          return known;
        }
        standing.forEach(channel -> groups.add(channel, made));
      }
      standing.forEach(events::tell);
      // Once for each connection: an action cannot be removed from a stage. Runs now if it has
      // ended.
      socket.whenClosed().thenRun(() -> end(made));
    } catch (Throwable e) {
      end(made); // nothing else would ever remove it
      throw e;
    }
    return made;
  }

  private JoinResult add(Member member, Audience room) {
    synchronized (member) {
      if (member.hasEnded()) {
        return JoinResult.CLOSED;
      }
      if (member.rooms().contains(room.name())) {
        return JoinResult.ALREADY_JOINED;
      }
      if (member.rooms().size() >= maxRoomsPerSocket) {
        return JoinResult.refused("in " + maxRoomsPerSocket + " rooms already");
      }
      member.rooms().add(room.name());
      groups.add(room, member);
      return JoinResult.JOINED;
    }
  }

  private boolean remove(Member member, Audience room) {
    synchronized (member) {
      if (!member.rooms().remove(room.name())) {
        return false;
      }
      groups.remove(room, member);
      return true;
    }
  }

  private void end(Member member) {
    synchronized (member) {
      member.end();
    }
    leaveAll(member.socket());
    List<Audience> standing = member.standingChannels();
    standing.forEach(channel -> groups.remove(channel, member));
    members.remove(member.socket(), member);
    standing.forEach(events::tell);
  }

  /** Notes changes, to be reported when no lock is held. */
  private final class Telling implements Groups.Changes {

    @Override
    public void opened(Audience channel) {
      events.add(channel, () -> backplane.subscribe(channel));
    }

    @Override
    public void emptied(Audience channel) {
      events.add(channel, () -> backplane.unsubscribe(channel));
    }

    @Override
    public void userJoined(Audience room, Member first) {
      tell(room, first, listener::userJoined);
    }

    @Override
    public void userLeft(Audience room, Member last) {
      tell(room, last, listener::userLeft);
    }

    private void tell(Audience channel, Member member, BiConsumer<Room, String> method) {
      String user = member.user();
      if (user != null) {
        events.add(channel, () -> method.accept(room(channel.name()), user));
      }
    }
  }

  /** Sets what differs from the defaults. Not thread-safe. */
  public static final class Builder {

    private static final int DEFAULT_MAX_ROOMS_PER_SOCKET = 100;

    private Function<WebSocket, Optional<String>> userOf =
        socket -> socket.principal().map(Principal::getName);
    private JoinRule joinRule = JoinRule.OPEN;
    private int maxRoomsPerSocket = DEFAULT_MAX_ROOMS_PER_SOCKET;
    private RoomListener listener = new RoomListener() {};
    private Backplane backplane = Backplane.SINGLE_NODE;

    private Builder() {}

    /**
     * Sets how to find the user of a connection: asked once, when it becomes known. Default: the
     * name of {@link WebSocket#principal}, if there is one.
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

    /** The rooms. */
    public Rooms build() {
      return new Rooms(this);
    }
  }
}
