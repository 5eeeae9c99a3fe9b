/** Engine.IO, protocols 4 and 3: one session of a client over polling, WebSocket or both. */
@NullMarked
package io.github.upgradehandler.socketio.internal.engine;

import org.jspecify.annotations.NullMarked;
