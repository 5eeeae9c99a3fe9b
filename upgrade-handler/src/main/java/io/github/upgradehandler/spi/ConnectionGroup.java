package io.github.upgradehandler.spi;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeAnswer;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Connections with one configuration and in one role, which are taken out of service together.
 * Implemented by the library; called by modules that bring connections to it, on a {@link
 * Transport} of their own, and not by applications. Thread-safe.
 */
public interface ConnectionGroup extends Drainable {

  /** Which end of its connections this is. */
  Role role();

  /** The configuration of every connection. */
  WebSocketConfig config();

  /**
   * A new connection, if the guards of {@link #config} and the application let it in. It is open
   * for the application when the transport has called {@link TransportListener#onStarted}; what is
   * sent before waits for that, at most {@link io.github.upgradehandler.Timeouts#sendTimeout}. One
   * that is opened while the group is drained is closed at once.
   *
   * @param transport carries the connection's bytes, which come after the opening handshake
   * @param handshake what the client asked for. Unless it names a subprotocol, a server chooses one
   *     of {@link WebSocketConfig#subprotocols}
   * @param accept decides about the connection, after the guards and on the caller's thread. It is
   *     the caller's to tell the client what was answered
   * @throws io.github.upgradehandler.HandshakeRefusedException if a guard or the application
   *     refuses
   * @throws IllegalStateException if the application answers null, or with a subprotocol that the
   *     client does not offer
   */
  LiveConnection open(
      Transport transport,
      Handshake handshake,
      Function<? super Handshake, ? extends @Nullable HandshakeAnswer> accept);

  /** The connections, as they come and go; not to be changed. */
  Set<WebSocket> connections();

  /** What the connections have done so far. */
  ConnectionCounters counters();

  /** Whether {@link #startDraining} was called: no more handshakes are to be accepted. */
  boolean isDraining();
}
