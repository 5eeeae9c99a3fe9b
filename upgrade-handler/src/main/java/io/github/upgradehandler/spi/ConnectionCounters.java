package io.github.upgradehandler.spi;

import java.util.Map;

/**
 * What the connections of a {@link ConnectionGroup} have done so far. Implemented by the library;
 * may be read by any thread.
 */
public interface ConnectionCounters {

  /** Connections, those that have ended included. */
  long connections();

  /** Whole messages that the handlers were given. */
  long messagesReceived();

  /** Whole messages that were accepted for sending. */
  long messagesSent();

  /** Bytes read, frame headers and control frames included. */
  long bytesReceived();

  /** Bytes given to the transport, frame headers and control frames included. */
  long bytesSent();

  /** Connections that have ended, by the code that their handlers were given; a snapshot. */
  Map<Integer, Long> closedByCode();
}
