package io.github.upgradehandler.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Published;
import io.github.upgradehandler.room.presence.Present;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.util.Optional;
import java.util.TreeSet;

/**
 * A node in a process of its own, see {@link NodeProcess}: one member of a logged room, one user
 * who is present, and something published all the time from {@code publish} in its input to {@code
 * stop}. It ends with its input.
 */
final class NodeProgram {

  private static final String ROOM = "log";
  private static final String PEOPLE = "people";

  private static final int PERIOD_MILLIS = 30;

  private NodeProgram() {}

  /**
   * Its arguments are a URI, its name, its user, and the position that the member has had, if any.
   */
  public static void main(String[] arguments) throws Exception {
    String name = arguments[1];
    Optional<Position> seen =
        arguments.length > 3 ? Position.parse(arguments[3]) : Optional.<Position>empty();
    try (Node node = new Node(redis(arguments[0]), new ToldPresence(NodeProgram::present));
        Publishers publishers =
            new Publishers(ROOM, PERIOD_MILLIS, "value " + name, NodeProgram::answered)) {
      Member member = new Member(name, line -> say("got " + line));
      Room room = node.rooms.room(ROOM);
      seen.ifPresentOrElse(position -> room.resume(member, position), () -> room.join(member));
      node.user(arguments[2], PEOPLE);
      BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8));
      for (String line = in.readLine(); line != null; line = in.readLine()) {
        if (line.equals("publish")) {
          publishers.start(node);
        } else {
          publishers.stop();
          say("stopped");
        }
      }
    }
  }

  /** It may have been killed as well. */
  private static RedisRooms redis(String uri) {
    return RedisRooms.builder(uri).atStart(AtStart.MAY_BE_AWAY).connect();
  }

  private static void present(Present present) {
    String users = String.join(",", new TreeSet<>(present.users()));
    say("there " + present.connections() + " " + present.current() + " " + users);
  }

  private static void answered(String value, Published answer) {
    if (answer instanceof Published.Appended appended) {
      say("appended " + appended.position() + " " + value);
    } else if (answer instanceof Published.Refused) {
      say("refused - " + value);
    }
  }

  /**
   * Of a line that is shorter than a pipe's buffer all is written or nothing, also if it is killed.
   */
  private static void say(String line) {
    System.out.println(line);
  }
}
