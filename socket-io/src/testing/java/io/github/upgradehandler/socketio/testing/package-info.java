/** Containers and clients for the tests of this module. */
package io.github.upgradehandler.socketio.testing;
