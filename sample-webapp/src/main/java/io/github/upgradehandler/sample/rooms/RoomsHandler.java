package io.github.upgradehandler.sample.rooms;

import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.room.JoinResult;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.RoomListener;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.sample.Nickname;
import io.github.upgradehandler.sample.RecentResults;
import io.github.upgradehandler.sample.events.EventHandler;
import io.github.upgradehandler.sample.events.EventRefusedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Chat rooms. Who connects gives a name as the query parameter {@code name}; who gives the same
 * name is the same user with one more connection. Requests:
 *
 * <pre>
 * join    {room, after}       after: the number of the last line that one has, 0 for none
 * leave   {room}
 * say     {room, text, id}    answered by {number}; id, if there is one: the same line may be sent
 *                             again under it, and is said once
 * typing  {room}              also without waiting for the answer
 * </pre>
 *
 * <p>Events:
 *
 * <pre>
 * welcome   {name}                       the own name, as it was taken
 * rooms     {rooms: [{name, users}]}     how many users are where, when that has changed
 * presence  {room, users, joined, left}  who is there, and who just came or went
 * said      {room, author, id, text, number}
 *                                        in order; after join, first those that one has not
 * typing    {room, user}
 * </pre>
 */
final class RoomsHandler extends EventHandler {

  /** Data of join. */
  private record Join(@Nullable String room, long after) {}

  /** Data of leave and typing. */
  private record InRoom(@Nullable String room) {}

  /** Data of say. */
  private record Say(@Nullable String room, @Nullable String text, @Nullable String id) {}

  private record Welcome(String name) {}

  private record Said(long number) {}

  private record Typing(String room, String user) {}

  private record RoomSize(String name, int users) {}

  private record RoomSizes(List<RoomSize> rooms) {}

  private static final int MOST_CHARACTERS = 2_000;
  private static final int MOST_ROOMS = 100;
  private static final Pattern ROOM_NAME = Pattern.compile("[\\p{L}\\p{M}\\p{N} ._'-]{1,24}");
  private static final String NICKNAME = "nickname";

  private final Rooms rooms =
      Rooms.builder().userOf(socket -> Optional.of(name(socket))).listener(new Presence()).build();
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
    if (name == null || !ROOM_NAME.matcher(name).matches()) {
      throw new EventRefusedException("a room has a name of 1 to 24 letters, digits and . _ - '");
    }
    if (!conversations.containsKey(name) && conversations.size() >= MOST_ROOMS) {
      throw new EventRefusedException("no more than " + MOST_ROOMS + " rooms");
    }
    Conversation conversation =
        conversations.computeIfAbsent(name, n -> new Conversation(rooms.room(n)));
    JoinResult result = conversation.join(socket, join.after());
    if (!result.isMember()) {
      throw new EventRefusedException(result.reason());
    }
    return null;
  }

  private @Nullable Object leave(WebSocket socket, InRoom leave) throws EventRefusedException {
    room(socket, leave.room()).leave(socket);
    return null;
  }

  private @Nullable Object say(WebSocket socket, Say say) throws EventRefusedException {
    Room room = room(socket, say.room());
    String text = say.text() == null ? "" : say.text().strip();
    if (text.isEmpty() || text.length() > MOST_CHARACTERS) {
      throw new EventRefusedException("a line has 1 to " + MOST_CHARACTERS + " characters");
    }
    int most = RecentResults.MOST_KEY_CHARACTERS;
    if (say.id() != null && say.id().length() > most) {
      throw new EventRefusedException("an id has at most " + most + " characters");
    }
    return new Said(conversation(room).say(name(socket), say.id(), text));
  }

  private @Nullable Object typing(WebSocket socket, InRoom typing) throws EventRefusedException {
    Room room = room(socket, typing.room());
    room.sendToOthers(socket, event("typing", new Typing(room.name(), name(socket))));
    return null;
  }

  private Room room(WebSocket socket, @Nullable String name) throws EventRefusedException {
    if (name == null || !rooms.room(name).contains(socket)) {
      throw new EventRefusedException("not in that room");
    }
    return rooms.room(name);
  }

  private Conversation conversation(Room room) {
    Conversation conversation = conversations.get(room.name());
    if (conversation == null) {
      throw new IllegalStateException(room + " was joined without a conversation");
    }
    return conversation;
  }

  private RoomSizes sizes() {
    return new RoomSizes(
        conversations.keySet().stream()
            .sorted()
            .map(name -> new RoomSize(name, rooms.room(name).users().size()))
            .filter(size -> size.users() > 0)
            .toList());
  }

  private static String name(WebSocket socket) {
    return String.valueOf(socket.attributes().get(NICKNAME));
  }

  /** Tells of users coming and going. */
  private final class Presence implements RoomListener {

    @Override
    public void userJoined(Room room, String user) {
      conversation(room).tellJoined(user);
      rooms.sendToAll(event("rooms", sizes()));
    }

    @Override
    public void userLeft(Room room, String user) {
      conversation(room).tellLeft(user);
      rooms.sendToAll(event("rooms", sizes()));
    }
  }
}
