/** The log of a room: what its messages are numbered by, and the engine that keeps it. */
@org.jspecify.annotations.NullMarked
package io.github.upgradehandler.room.log;
