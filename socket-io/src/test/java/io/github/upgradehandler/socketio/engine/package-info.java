/** Engine.IO over a container, as clients see it. */
package io.github.upgradehandler.socketio.engine;
