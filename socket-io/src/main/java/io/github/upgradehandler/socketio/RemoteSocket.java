package io.github.upgradehandler.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.Set;

/**
 * A socket as {@code fetchSockets} finds it, on whatever node; a snapshot.
 *
 * @param id its id, which is also the name of a room that it alone is in
 * @param handshake what is known of its client, as Socket.IO for Node.js has it
 * @param rooms those that it is in
 * @param data what the application keeps with it; of another node's, as plain values, lists and
 *     maps
 */
public record RemoteSocket(
    String id, JsonNode handshake, Set<String> rooms, Map<String, Object> data) {}
