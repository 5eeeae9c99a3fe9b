/** Socket.IO for any servlet container: what an application touches. */
@NullMarked
package io.github.upgradehandler.socketio;

import org.jspecify.annotations.NullMarked;
