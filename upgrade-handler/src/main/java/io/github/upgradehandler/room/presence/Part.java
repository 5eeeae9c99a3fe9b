package io.github.upgradehandler.room.presence;

import java.util.Map;

/**
 * Whom one node has in a room. A later version takes the place of an earlier one as a whole.
 *
 * @param node its name, under which its lease runs
 * @param version ascending, among the parts of that node in that room
 * @param users and how many connections each has, from 1
 * @param others connections without a user
 */
public record Part(String node, long version, Map<String, Integer> users, int others) {

  /** Keeps a copy. */
  public Part {
    users = Map.copyOf(users);
  }

  /** How many connections there are. */
  public int connections() {
    return others + users.values().stream().mapToInt(Integer::intValue).sum();
  }
}
