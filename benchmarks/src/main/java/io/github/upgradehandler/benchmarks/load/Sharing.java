package io.github.upgradehandler.benchmarks.load;

/** How several nodes are one. */
public enum Sharing {
  /** There is one. */
  NONE,
  /** What is sent to all is told to the others by Redis. */
  PLAIN,
  /** It stands in a log in Redis, so that nobody who was away misses any of it. */
  LOGGED
}
