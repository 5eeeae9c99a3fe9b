package io.github.upgradehandler.socketio;

import java.util.Map;
import java.util.Set;

/**
 * A socket as {@code fetchSockets} finds it, on whatever node; a snapshot.
 *
 * @param id its id, which is also the name of a room that it alone is in
 * @param rooms those that it is in
 * @param data what the application keeps with it
 */
public record RemoteSocket(String id, Set<String> rooms, Map<String, Object> data) {}
