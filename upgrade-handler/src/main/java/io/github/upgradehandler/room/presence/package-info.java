/** Who is in rooms over all nodes: what is told of it, and the engine that nodes share it by. */
@org.jspecify.annotations.NullMarked
package io.github.upgradehandler.room.presence;
