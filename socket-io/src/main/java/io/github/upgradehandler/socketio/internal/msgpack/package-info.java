/** Values of JSON as MessagePack, which the optional library msgpack-core reads and writes. */
@NullMarked
package io.github.upgradehandler.socketio.internal.msgpack;

import org.jspecify.annotations.NullMarked;
