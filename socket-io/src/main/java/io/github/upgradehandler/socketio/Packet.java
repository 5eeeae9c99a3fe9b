package io.github.upgradehandler.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/**
 * A packet of Socket.IO, as adapters carry it between nodes.
 *
 * @param namespace begins with a slash
 * @param id of the event that is to be acknowledged, or that this acknowledges; null if none
 * @param data the content, in which bytes are {@link com.fasterxml.jackson.databind.node.BinaryNode
 *     BinaryNode}s; null if none. Must not be changed
 */
public record Packet(
    PacketType type, String namespace, @Nullable Long id, @Nullable JsonNode data) {}
