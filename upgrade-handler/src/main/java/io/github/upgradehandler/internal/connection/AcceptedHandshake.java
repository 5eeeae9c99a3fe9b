package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.FrameObserver;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.Limits;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.internal.protocol.Extension;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values that a connection begins with.
 *
 * @param handshake the request
 * @param subprotocol what was agreed on, if anything
 * @param extension what was agreed on, if anything
 * @param handler handles the connection, with all wrappers of the guards
 * @param observer is shown the frames, whether the handler is one or not
 * @param attributes that the connection has from the start
 * @param limits of this connection's own; null for those of its group
 */
public record AcceptedHandshake(
    Handshake handshake,
    @Nullable String subprotocol,
    @Nullable Extension extension,
    WebSocketHandler handler,
    @Nullable FrameObserver observer,
    Map<String, Object> attributes,
    @Nullable Limits limits) {}
