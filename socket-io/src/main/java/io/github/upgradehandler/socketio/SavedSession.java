package io.github.upgradehandler.socketio;

import java.util.Map;
import java.util.Set;

/**
 * What is kept of a socket whose connection has broken, so that its client may come back to it.
 *
 * @param sid its id
 * @param pid what the client proves that it is the same by; secret
 * @param rooms those that it was in
 * @param data what the application kept with it
 * @param since where it began: what a client has missed that has got nothing comes after it
 * @param sent the last event that it was sent; given back, that which it has missed comes after it
 */
public record SavedSession(
    String sid, String pid, Set<String> rooms, Map<String, Object> data, long since, long sent) {}
