package io.github.upgradehandler.servlet;

import java.util.Map;

/**
 * What JMX tells of a servlet's connections, as {@code
 * io.github.upgradehandler:type=Endpoint,context=...,servlet=...}. Counts begin when the servlet
 * goes into service.
 */
public interface EndpointMXBean {

  /** Connections at the moment. */
  int getOpenConnections();

  /** Connections so far. */
  long getTotalConnections();

  /** Whole messages that the handlers were given. */
  long getMessagesReceived();

  /** Whole messages that were accepted for sending. */
  long getMessagesSent();

  /** Bytes read, frame headers and control frames included. */
  long getBytesReceived();

  /** Bytes given to the container, frame headers and control frames included. */
  long getBytesSent();

  /** How many connections have ended with which code; 1006 for those without a Close frame. */
  Map<Integer, Long> getClosedByCode();
}
