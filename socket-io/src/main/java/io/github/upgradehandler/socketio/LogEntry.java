package io.github.upgradehandler.socketio;

/** What stands in an {@link EventLog}. */
public sealed interface LogEntry {

  /** Names the node that has appended it; another after each start. */
  String node();

  /**
   * An event.
   *
   * @param sequence which of that node's, from 1: without a gap if none was lost
   */
  record Event(String node, long sequence, Packet packet, Targets targets) implements LogEntry {}

  /** What is known of a socket: when it has connected, and when its connection has broken. */
  record Session(String node, SavedSession session) implements LogEntry {}

  /**
   * A client has come back.
   *
   * @param node where it is now
   * @param pid what it has proved that it is the same by
   */
  record Taken(String node, String pid) implements LogEntry {}

  /** A client has left for good. */
  record Gone(String node, String pid) implements LogEntry {}
}
