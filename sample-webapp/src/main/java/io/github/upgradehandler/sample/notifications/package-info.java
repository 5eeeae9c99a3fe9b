/** Notifications to everyone, over WebSocket or as server-sent events of the same room. */
package io.github.upgradehandler.sample.notifications;
