/** Rooms over many nodes, by Redis: logged rooms and plain ones. */
@org.jspecify.annotations.NullMarked
package io.github.upgradehandler.redis;
