package io.github.upgradehandler.socketio;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The sessions that clients may come back to, bounded. Guarded by its owner's lock. */
final class Sessions {

  private final int most;
  private final long maxNanos;
  private final Map<String, Kept> sessions = new LinkedHashMap<>();

  /**
   * What is known of one.
   *
   * @param node where its client was last
   * @param session empty while its client is back, and nothing new is known
   */
  private record Kept(String node, Optional<SavedSession> session, long at) {

    boolean isOver(long now, long maxNanos) {
      return session.flatMap(SavedSession::cut).isPresent() && now - at > maxNanos;
    }
  }

  /**
   * None yet.
   *
   * @param maxNanos how long one whose connection has broken is kept
   */
  Sessions(int most, long maxNanos) {
    this.most = most;
    this.maxNanos = maxNanos;
  }

  /** What is known of one; nothing changes if its client is known to be on another node by now. */
  void put(SavedSession session, long now) {
    Kept known = sessions.get(session.pid());
    if (known == null || known.node.equals(session.node())) {
      keep(session.pid(), new Kept(session.node(), Optional.of(session), now), now);
    }
  }

  private void keep(String pid, Kept kept, long now) {
    sessions.remove(pid);
    sessions.put(pid, kept);
    Iterator<Kept> oldest = sessions.values().iterator();
    while (oldest.hasNext()) {
      Kept first = oldest.next();
      if (sessions.size() <= most && !first.isOver(now, maxNanos)) {
        break;
      }
      oldest.remove();
    }
  }

  /** One's client is on another node. */
  void moved(String pid, String node) {
    sessions.computeIfPresent(
        pid, (key, known) -> new Kept(node, known.session.map(one -> one.on(node)), known.at));
  }

  Optional<SavedSession> find(String pid, long now) {
    Kept known = sessions.get(pid);
    return known == null || known.isOver(now, maxNanos) ? Optional.empty() : known.session;
  }

  /** One's client is back, on this node. */
  void taken(String pid, String node, long now) {
    keep(pid, new Kept(node, Optional.empty(), now), now);
  }
}
