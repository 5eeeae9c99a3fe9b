package io.github.upgradehandler.room.log;

import io.github.upgradehandler.PreparedMessage;

/**
 * A message as it stands in a log.
 *
 * @param node the process that has published it; another after each start
 * @param sequence which of that node's messages to the room, from 1: one that is appended again is
 *     known by it
 * @param sender the connection that it is not delivered to, by {@link
 *     io.github.upgradehandler.Recipient#id}; empty: to all
 * @param message what is delivered
 */
public record Entry(String node, long sequence, String sender, PreparedMessage message) {}
