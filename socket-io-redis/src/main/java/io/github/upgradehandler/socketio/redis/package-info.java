/**
 * Socket.IO over many nodes by Redis, with the formats of {@code @socket.io/redis-adapter}: nodes
 * of this library and of Node.js are one cluster.
 */
@NullMarked
package io.github.upgradehandler.socketio.redis;

import org.jspecify.annotations.NullMarked;
