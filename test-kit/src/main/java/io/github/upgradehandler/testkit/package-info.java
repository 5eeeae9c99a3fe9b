/**
 * Tests a {@link io.github.upgradehandler.WebSocketHandler} without a container and without a
 * socket: {@link io.github.upgradehandler.testkit.TestPeer} is the client, and sets the time.
 */
@NullMarked
package io.github.upgradehandler.testkit;

import org.jspecify.annotations.NullMarked;
