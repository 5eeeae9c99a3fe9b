package io.github.upgradehandler.sample.talk;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.upgradehandler.sample.ChatRules;
import io.github.upgradehandler.sample.Nickname;
import io.github.upgradehandler.sample.RecentResults;
import io.github.upgradehandler.socketio.Ack;
import io.github.upgradehandler.socketio.Args;
import io.github.upgradehandler.socketio.Broadcast;
import io.github.upgradehandler.socketio.Socket;
import io.github.upgradehandler.socketio.SocketIo;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A chat by Socket.IO. Who connects gives {@code auth: {name, rooms}}, the rooms to be in at once;
 * who gives the same name is the same user with one more connection. Events of a client, each
 * acknowledged by {@code {}} or what is said here, or by {@code {problem}} if it is not done:
 *
 * <pre>
 * join      (room)
 * leave     (room)
 * say       ({room, id, text})   by {at}; the same may be sent again under its id, and is said once
 * whisper   ({to, id, text})     by {at}, the same for one user
 * got       ({author, id})       a line has come
 * typing    (room)
 * </pre>
 *
 * <p>Events for a client:
 *
 * <pre>
 * welcome   ({name, pingInterval})    the own name, as it was taken; milliseconds
 * present   ({room: [user, ...], ...})    who is where, when that has changed
 * joined    ({room, lines})           the latest lines of a room
 * said      ({room, line})            a line is {id, author, text, at}
 * whispered ({to, line})
 * got       ({id, by})                a line of one's own has come to a user
 * typing    (room, user)              if it can be sent at once
 * refused   (room, why)               a room of auth that one is not in
 * </pre>
 *
 * Whoever comes back after a break, and is recovered, is in its rooms and has got what it missed.
 */
final class Talk {

  /** Of say. */
  private record Say(@Nullable String room, @Nullable String id, @Nullable String text) {}

  /** Of whisper. */
  private record Whisper(@Nullable String to, @Nullable String id, @Nullable String text) {}

  /** Of got. */
  private record Receipt(@Nullable String author, @Nullable String id) {}

  private record Welcome(String name, long pingInterval) {}

  private record Whispered(String to, Line line) {}

  private record Got(String id, String by) {}

  private record Accepted(long at) {}

  private record Problem(String problem) {}

  /** What a client asks for. */
  private interface Request {
    void perform(Args args, Ack ack) throws RefusedException;
  }

  private static final String NICKNAME = "nickname";

  /** Begins the name of a room of Socket.IO that all connections of a user are in. */
  private static final String USER = "user:";

  private final SocketIo io;
  private final Spoken spoken;
  private final WhoIsWhere whoIsWhere;

  Talk(SocketIo io) {
    this.io = io;
    this.spoken = new Spoken(io.sockets());
    this.whoIsWhere = new WhoIsWhere(io.sockets(), NICKNAME);
  }

  /** Keeps the name that a client gives with its socket, where it stays after a break. */
  void name(Socket socket) {
    JsonNode wish = socket.handshake().auth().path("name");
    socket.data().put(NICKNAME, Nickname.of(wish.asText("")).value());
  }

  /** Begins to listen to a client. */
  void connected(Socket socket) {
    on(socket, "join", (args, ack) -> join(socket, args, ack));
    on(socket, "leave", (args, ack) -> leave(socket, args, ack));
    on(socket, "say", (args, ack) -> say(socket, args.get(0, Say.class), ack));
    on(socket, "whisper", (args, ack) -> whisper(socket, args.get(0, Whisper.class), ack));
    on(socket, "got", (args, ack) -> got(socket, args.get(0, Receipt.class), ack));
    on(socket, "typing", (args, ack) -> typing(socket, args, ack));
    socket.onDisconnect(reason -> whoIsWhere.changed());
    socket.emit("welcome", new Welcome(nameOf(socket), io.config().pingInterval().toMillis()));
    if (!socket.isRecovered()) {
      socket.join(USER + nameOf(socket));
      enterAll(socket, socket.handshake().auth().path("rooms"));
    }
    whoIsWhere.changed();
  }

  private static void on(Socket socket, String event, Request request) {
    socket.on(
        event,
        (args, ack) -> {
          try {
            request.perform(args, ack);
          } catch (RefusedException | IllegalArgumentException e) {
            ack.send(new Problem(String.valueOf(e.getMessage())));
          }
        });
  }

  private void enterAll(Socket socket, JsonNode names) {
    int entered = 0;
    for (JsonNode name : names) {
      if (entered < ChatRules.MOST_ROOMS && name.isTextual()) {
        entered++;
        try {
          spoken.room(name.textValue()).join(socket);
        } catch (RefusedException e) {
          socket.emit("refused", name.textValue(), String.valueOf(e.getMessage()));
        }
      }
    }
  }

  private void join(Socket socket, Args args, Ack ack) throws RefusedException {
    spoken.room(args.text(0)).join(socket);
    ack.send(Map.of());
    whoIsWhere.changed();
  }

  private void leave(Socket socket, Args args, Ack ack) throws RefusedException {
    joined(socket, args.text(0)).leave(socket);
    ack.send(Map.of());
    whoIsWhere.changed();
  }

  private void say(Socket socket, Say say, Ack ack) throws RefusedException {
    TalkRoom room = joined(socket, say.room());
    Line line = line(socket, say.id(), say.text());
    Line known = spoken.once(say.room(), line, () -> room.say(socket, line));
    ack.send(new Accepted(known.at()));
  }

  private void whisper(Socket socket, Whisper whisper, Ack ack) throws RefusedException {
    String to = Nickname.of(whisper.to() == null ? "" : whisper.to()).value();
    Line line = line(socket, whisper.id(), whisper.text());
    Sockets.found(io.in(USER + to).fetchSockets())
        .whenComplete(
            (found, failure) -> {
              if (found == null || found.isEmpty()) {
                ack.send(new Problem(to + " is not here"));
              } else {
                whisper(socket, to, line, ack);
              }
            });
  }

  private void whisper(Socket socket, String to, Line line, Ack ack) {
    Broadcast both = socket.to(USER + to, USER + nameOf(socket));
    Line known = spoken.once(null, line, () -> both.emit("whispered", new Whispered(to, line)));
    ack.send(new Accepted(known.at()));
  }

  private void got(Socket socket, Receipt receipt, Ack ack) throws RefusedException {
    String author = Nickname.of(receipt.author() == null ? "" : receipt.author()).value();
    io.to(USER + author).emit("got", new Got(checkedId(receipt.id()), nameOf(socket)));
    ack.send(Map.of());
  }

  private void typing(Socket socket, Args args, Ack ack) throws RefusedException {
    joined(socket, args.text(0)).typing(socket, nameOf(socket));
    ack.send(Map.of());
  }

  private static Line line(Socket socket, @Nullable String id, @Nullable String text)
      throws RefusedException {
    String stripped = text == null ? "" : text.strip();
    if (!ChatRules.isLine(stripped)) {
      throw new RefusedException(ChatRules.NO_LINE);
    }
    return new Line(checkedId(id), nameOf(socket), stripped, System.currentTimeMillis());
  }

  private static String checkedId(@Nullable String id) throws RefusedException {
    int most = RecentResults.MOST_KEY_CHARACTERS;
    if (id == null || id.isEmpty() || id.length() > most) {
      throw new RefusedException("an id has 1 to " + most + " characters");
    }
    return id;
  }

  /** A room that a socket is in. */
  private TalkRoom joined(Socket socket, @Nullable String name) throws RefusedException {
    if (name == null || !TalkRoom.named(socket.rooms()).contains(name)) {
      throw new RefusedException("not in that room");
    }
    return spoken.room(name);
  }

  private static String nameOf(Socket socket) {
    return String.valueOf(socket.data().get(NICKNAME));
  }
}
