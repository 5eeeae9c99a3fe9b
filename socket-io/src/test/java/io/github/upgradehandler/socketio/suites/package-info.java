/** The servers that test suites of others expect, each with a main method. */
package io.github.upgradehandler.socketio.suites;
