package io.github.upgradehandler.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.upgradehandler.Handshake;
import java.time.Instant;

/**
 * What is known of a client that joins a namespace.
 *
 * @param request the request that has opened its session
 * @param auth what the client has given to be let in: an object, empty if it gave nothing
 * @param issued when it asked to join
 */
public record SocketHandshake(Handshake request, JsonNode auth, Instant issued) {}
