/** The packets of Socket.IO as text and attachments. */
@NullMarked
package io.github.upgradehandler.socketio.internal.packet;

import org.jspecify.annotations.NullMarked;
