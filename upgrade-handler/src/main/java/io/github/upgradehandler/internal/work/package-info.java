/**
 * Threads, turns and timers that connections and event streams share: whose turn it is to write,
 * the one timer that sweeps over deadlines, and the library's own bounded threads.
 */
@org.jspecify.annotations.NullMarked
package io.github.upgradehandler.internal.work;
