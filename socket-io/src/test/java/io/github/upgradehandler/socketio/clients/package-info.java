/** Clients of others against our server. */
package io.github.upgradehandler.socketio.clients;
