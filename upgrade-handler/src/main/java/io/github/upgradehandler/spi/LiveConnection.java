package io.github.upgradehandler.spi;

import io.github.upgradehandler.WebSocket;

/**
 * A connection that a {@link ConnectionGroup} has opened: what the application uses, and what its
 * {@link Transport} reports to. Implemented by the library.
 */
public interface LiveConnection extends WebSocket, TransportListener {}
