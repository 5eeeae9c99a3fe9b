/**
 * A client: {@link io.github.upgradehandler.client.WebSocketClient} opens connections, which are
 * the same {@link io.github.upgradehandler.WebSocket} with the same handlers as on a server.
 */
@NullMarked
package io.github.upgradehandler.client;

import org.jspecify.annotations.NullMarked;
