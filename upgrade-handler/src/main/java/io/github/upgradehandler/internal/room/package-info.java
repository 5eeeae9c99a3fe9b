/** What one node makes of a room's log: in order, without gaps, or said to be lost. */
@org.jspecify.annotations.NullMarked
package io.github.upgradehandler.internal.room;
