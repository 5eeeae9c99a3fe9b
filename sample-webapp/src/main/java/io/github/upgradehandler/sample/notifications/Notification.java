package io.github.upgradehandler.sample.notifications;

/**
 * One line to everyone.
 *
 * @param id larger for each, also beyond a restart
 * @param text what it says
 * @param at when, in milliseconds since 1970
 */
record Notification(long id, String text, long at) {}
