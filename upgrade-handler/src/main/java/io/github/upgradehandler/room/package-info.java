/**
 * Rooms: named groups of connections to which one message is sent. {@link
 * io.github.upgradehandler.room.Rooms} is where to begin.
 */
@NullMarked
package io.github.upgradehandler.room;

import org.jspecify.annotations.NullMarked;
