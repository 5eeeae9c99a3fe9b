package io.github.upgradehandler.sample.rooms;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.room.JoinResult;
import io.github.upgradehandler.room.LogFraming;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.room.log.Lost;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Retention;
import io.github.upgradehandler.room.presence.Present;
import io.github.upgradehandler.sample.ChatRules;
import io.github.upgradehandler.sample.Nickname;
import io.github.upgradehandler.sample.Nodes;
import io.github.upgradehandler.sample.RecentResults;
import io.github.upgradehandler.sample.events.EventHandler;
import io.github.upgradehandler.sample.events.EventRefusedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Chat rooms. Who connects gives a name as the query parameter {@code name}; who gives the same
 * name is the same user with one more connection. Requests:
 *
 * <pre>
 * join    {room, seen}        seen: the position of the last line that one has, if there is one
 * leave   {room}
 * say     {room, text, id}    answered by {position}; id, if there is one: the same line may be
 *                             sent again under it, and is said once
 * typing  {room}              also without waiting for the answer
 * </pre>
 *
 * <p>Events:
 *
 * <pre>
 * welcome   {name}                       the own name, as it was taken
 * rooms     {rooms: [{name, users}]}     how many users are where, when that has changed, of rooms
 *                                        that this node has users in
 * presence  {room, users, joined, left}  who is there on all nodes, and who just came or went
 * said      {room, position, author, id, text, at}
 *                                        in order; after join, first those that one has not
 * joined    {room, position, lines}      after join without a position: the latest lines
 * lost      {room, reason, position, lines}
 *                                        lines are missing after the last; the latest there are
 * typing    {room, user}
 * </pre>
 */
final class RoomsHandler extends EventHandler {

  /** Data of join. */
  private record Join(@Nullable String room, @Nullable String seen) {}

  /** Data of leave and typing. */
  private record InRoom(@Nullable String room) {}

  /** Data of say. */
  private record Say(@Nullable String room, @Nullable String text, @Nullable String id) {}

  private record Welcome(String name) {}

  private record Said(String position) {}

  private record Typing(String room, String user) {}

  private record RoomSize(String name, int users) {}

  private record RoomSizes(List<RoomSize> rooms) {}

  private static final String NICKNAME = "nickname";

  /** Begins the names of rooms without a log; no other name can. */
  private static final String LIVE = "live:";

  private static final Retention KEPT = new Retention(1_000, 1 << 20, Duration.ofHours(12));

  private final Rooms rooms =
      Rooms.builder()
          .userOf(socket -> Optional.of(name(socket)))
          .presence(name -> name.startsWith(LIVE), Nodes.presence("chat"), this::tellPresence)
          .backplane(Nodes.backplane("chat"))
          .maxRoomsPerSocket(2 * ChatRules.MOST_ROOMS)
          .logged(name -> !name.startsWith(LIVE), Nodes.engine("chat"), KEPT, new Lines())
          .build();
  private final Map<String, Conversation> conversations = new ConcurrentHashMap<>();

  RoomsHandler() {
    on("join", Join.class, this::join);
    on("leave", InRoom.class, this::leave);
    on("say", Say.class, this::say);
    on("typing", InRoom.class, this::typing);
  }

  @Override
  public void onOpen(WebSocket socket) {
    String name = Nickname.of(socket.handshake().parameter("name").orElse("")).value();
    socket.attributes().put(NICKNAME, name);
    rooms.add(socket);
    send(socket, "welcome", new Welcome(name));
    send(socket, "rooms", sizes());
  }

  private @Nullable Object join(WebSocket socket, Join join) throws EventRefusedException {
    String name = join.room();
    if (name == null || !ChatRules.isRoomName(name)) {
      throw new EventRefusedException(ChatRules.NO_ROOM_NAME);
    }
    if (!conversations.containsKey(name) && conversations.size() >= ChatRules.MOST_ROOMS) {
      throw new EventRefusedException(ChatRules.TOO_MANY_ROOMS);
    }
    Conversation conversation =
        conversations.computeIfAbsent(
            name, made -> new Conversation(rooms.room(made), rooms.room(LIVE + made)));
    JoinResult result = conversation.join(socket, position(join.seen()));
    if (!result.isMember()) {
      throw new EventRefusedException(result.reason());
    }
    return null;
  }

  private static @Nullable Position position(@Nullable String seen) throws EventRefusedException {
    if (seen == null) {
      return null;
    }
    return Position.parse(seen)
        .orElseThrow(() -> new EventRefusedException("seen is a position, as lines have them"));
  }

  private @Nullable Object leave(WebSocket socket, InRoom leave) throws EventRefusedException {
    conversation(socket, leave.room()).leave(socket);
    return null;
  }

  private @Nullable Object say(WebSocket socket, Say say) throws EventRefusedException {
    Conversation conversation = conversation(socket, say.room());
    String text = say.text() == null ? "" : say.text().strip();
    if (!ChatRules.isLine(text)) {
      throw new EventRefusedException(ChatRules.NO_LINE);
    }
    int most = RecentResults.MOST_KEY_CHARACTERS;
    if (say.id() != null && say.id().length() > most) {
      throw new EventRefusedException("an id has at most " + most + " characters");
    }
    return conversation
        .say(name(socket), say.id(), text)
        .thenApply(position -> new Said(position.toString()));
  }

  private @Nullable Object typing(WebSocket socket, InRoom typing) throws EventRefusedException {
    Conversation conversation = conversation(socket, typing.room());
    conversation.typing(
        socket, event("typing", new Typing(String.valueOf(typing.room()), name(socket))));
    return null;
  }

  /** The conversation that a connection takes part in. */
  private Conversation conversation(WebSocket socket, @Nullable String room)
      throws EventRefusedException {
    Conversation conversation = room == null ? null : conversations.get(room);
    if (conversation == null || !conversation.has(socket)) {
      throw new EventRefusedException("not in that room");
    }
    return conversation;
  }

  private Conversation conversation(String room) {
    Conversation conversation = conversations.get(room);
    if (conversation == null) {
      throw new IllegalStateException(room + " was joined without a conversation");
    }
    return conversation;
  }

  private RoomSizes sizes() {
    return new RoomSizes(
        conversations.entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> new RoomSize(entry.getKey(), entry.getValue().users()))
            .filter(size -> size.users() > 0)
            .toList());
  }

  private static String name(WebSocket socket) {
    return String.valueOf(socket.attributes().get(NICKNAME));
  }

  private void tellPresence(Room room, Present present, Set<String> came, Set<String> went) {
    conversation(room.name().substring(LIVE.length())).tell(present, came, went);
    rooms.sendToAllHere(event("rooms", sizes()));
  }

  /** How members get what is in the logs. */
  private final class Lines implements LogFraming {

    @Override
    public PreparedMessage message(String room, Position position, PreparedMessage message) {
      return conversation(room).framed(position, message);
    }

    @Override
    public PreparedMessage lost(String room, Lost lost) {
      return conversation(room).lost(lost);
    }

    @Override
    public PreparedMessage joined(String room, Position position) {
      return conversation(room).joined(position);
    }
  }
}
