package io.github.upgradehandler.socketio;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is kept of a socket, so that its client may come back to it. Places are such as clients are
 * told with each event.
 *
 * @param node names the node that it is or was connected to
 * @param sid its id
 * @param pid what the client proves that it is the same by; secret
 * @param rooms those that it is in
 * @param data what the application keeps with it
 * @param since where it began: what a client has missed that has got nothing comes after it
 * @param sent the last event that it was sent; given back, that which it has missed comes after it
 * @param cut where the log was when its connection was found broken; empty before
 */
public record SavedSession(
    String node,
    String sid,
    String pid,
    Set<String> rooms,
    Map<String, Object> data,
    String since,
    String sent,
    Optional<String> cut) {

  /** The same, for one that has missed what comes after a place. */
  SavedSession from(String place) {
    return new SavedSession(node, sid, pid, rooms, data, since, place, cut);
  }

  /** The same, whose connection is found broken. */
  SavedSession cutAt(String place) {
    return new SavedSession(node, sid, pid, rooms, data, since, sent, Optional.of(place));
  }

  /** The same, on another node. */
  SavedSession on(String other) {
    return new SavedSession(other, sid, pid, rooms, data, since, sent, cut);
  }
}
