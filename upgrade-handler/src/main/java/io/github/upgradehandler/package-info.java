/**
 * What an application touches: {@link io.github.upgradehandler.WebSocketHandler} receives, {@link
 * io.github.upgradehandler.WebSocket} sends, {@link io.github.upgradehandler.WebSocketConfig} sets
 * the bounds.
 *
 * <p>Nothing here knows a servlet container; see {@code io.github.upgradehandler.servlet} for the
 * way in.
 */
@NullMarked
package io.github.upgradehandler;

import org.jspecify.annotations.NullMarked;
