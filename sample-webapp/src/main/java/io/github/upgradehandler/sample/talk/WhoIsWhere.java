package io.github.upgradehandler.sample.talk;

import io.github.upgradehandler.socketio.Namespace;
import io.github.upgradehandler.socketio.RemoteSocket;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Tells the clients of this node who is in which room, on all nodes. Each change of any node has
 * all of them look again, one look after another: who is told last is told what is true last.
 * Thread-safe.
 */
final class WhoIsWhere {

  private enum Look {
    NONE,
    RUNNING,
    OUTDATED
  }

  private static final String CHANGED = "changed";

  private final Namespace namespace;
  private final String nameKey;
  private Look look = Look.NONE; // guarded by this

  /**
   * Begins to listen to the other nodes.
   *
   * @param nameKey where a socket's data has the name of its user
   */
  WhoIsWhere(Namespace namespace, String nameKey) {
    this.namespace = namespace;
    this.nameKey = nameKey;
    namespace.onServerSide(CHANGED, (args, ack) -> look());
  }

  /** Something has changed on this node. */
  void changed() {
    namespace.serverSideEmit(CHANGED);
    look();
  }

  private void look() {
    synchronized (this) {
      if (look != Look.NONE) {
        look = Look.OUTDATED;
        return;
      }
      look = Look.RUNNING;
    }
    Sockets.found(namespace.fetchSockets()).whenComplete(this::tell);
  }

  private void tell(@Nullable List<RemoteSocket> found, @Nullable Throwable failure) {
    if (found != null) {
      namespace.local().emit("present", present(found));
    }
    synchronized (this) {
      boolean outdated = look == Look.OUTDATED;
      look = Look.NONE;
      if (!outdated) {
        return;
      }
    }
    look();
  }

  private SortedMap<String, SortedSet<String>> present(List<RemoteSocket> all) {
    SortedMap<String, SortedSet<String>> present = new TreeMap<>();
    for (RemoteSocket socket : all) {
      for (String room : TalkRoom.named(socket.rooms())) {
        present
            .computeIfAbsent(room, name -> new TreeSet<>())
            .add(String.valueOf(socket.data().get(nameKey)));
      }
    }
    return present;
  }
}
