package io.github.upgradehandler.room.presence;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is in a room, over all nodes.
 *
 * @param users each once
 * @param connections with a user or without
 * @param current false while this node cannot hear from the others: what is said of them is from
 *     before
 */
public record Present(Set<String> users, int connections, boolean current) {

  /** Nobody. */
  public static final Present NOBODY = new Present(Set.of(), 0, true);

  /** Keeps a copy. */
  public Present {
    users = Set.copyOf(users);
  }

  // By hand: what a record generates keeps the class loader of an application in a cache of JDK 17.
  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Present same
        && users.equals(same.users)
        && connections == same.connections
        && current == same.current;
  }

  @Override
  public int hashCode() {
    return 31 * (31 * users.hashCode() + connections) + Boolean.hashCode(current);
  }
}
