package io.github.upgradehandler.socketio;

import io.github.upgradehandler.room.log.Position;

/**
 * For adapters: what a namespace's clients may come back to, in one order for all nodes that share
 * the log. Thread-safe; no method blocks.
 */
public interface EventLog extends AutoCloseable {

  /** Is told what stands in the log, one thing after another, by any thread. */
  interface Listener {

    /** From here on everything is told. */
    void attached(Position position);

    /** The next entry, of whatever node. */
    void entry(Position position, LogEntry entry);

    /** What is told next does not follow on what was told before. */
    void lost(Position position);
  }

  /** Called first and once. */
  void start(Listener listener);

  /**
   * Appends an entry, after those before it of this node. It is told of like those of others, or
   * never if it could not be appended.
   */
  void append(LogEntry entry);

  /** Whether other nodes append to it too, so that what is there may not be known here yet. */
  boolean isShared();

  /** Whether what other nodes append is told of here now. */
  boolean isFollowed();

  @Override
  void close();
}
