package io.github.upgradehandler.sample.talk;

/**
 * Something that was said.
 *
 * @param id its author's own
 * @param at when, in milliseconds since 1970
 */
record Line(String id, String author, String text, long at) {}
