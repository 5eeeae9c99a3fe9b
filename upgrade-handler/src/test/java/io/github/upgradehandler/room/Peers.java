package io.github.upgradehandler.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.internal.connection.Connection;
import io.github.upgradehandler.internal.connection.Wire;
import io.github.upgradehandler.testing.ClientFrames;
import io.github.upgradehandler.testing.Connections;
import io.github.upgradehandler.testkit.MemoryTransport;
import java.io.IOException;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;

/**
 * Many connections of one endpoint, whose peers are in the test's hands: the kit's peers have a
 * group each.
 */
final class Peers implements AutoCloseable {

  /** One connection and the test's end of it. */
  static final class Peer {
    final Connection socket;
    final MemoryTransport transport;

    private Peer(Connection socket, MemoryTransport transport) {
      this.socket = socket;
      this.transport = transport;
    }

    /** The frames that came since the last time. */
    List<String> received() {
      return transport.takeFrames();
    }

    void send(byte[]... frames) {
      transport.arrive(ClientFrames.concat(frames));
      socket.onReadable();
    }

    /** Ends the connection in order. */
    void leave() {
      send(ClientFrames.close(1000, ""));
    }

    /** Resets the TCP connection. */
    void vanish() {
      socket.onEnd(new IOException("Connection reset"));
    }

    /** From now on the peer does not read: one more write is taken, then none. */
    void stall() {
      transport.takeWrites(1);
    }
  }

  private static final WebSocketHandler SILENT = new WebSocketHandler() {};

  final Wire wire;
  private final List<Peer> peers = new ArrayList<>();

  Peers() {
    this(Wire.config());
  }

  Peers(WebSocketConfig.Builder config) {
    wire = Wire.open(SILENT, config);
  }

  /** A connection whose user is nobody. */
  Peer anonymous() {
    return connect(new Handshake.Builder("/").build(), SILENT);
  }

  /** A connection of a user. */
  Peer of(String user) {
    return of(user, SILENT);
  }

  Peer of(String user, WebSocketHandler handler) {
    Principal principal = () -> user;
    return connect(new Handshake.Builder("/").principal(principal).build(), handler);
  }

  synchronized Peer connect(Handshake handshake, WebSocketHandler handler) {
    MemoryTransport transport = new MemoryTransport();
    Connection socket = Connections.connect(wire.group, transport, handshake, null, null, handler);
    socket.onStarted();
    socket.onWritable();
    transport.takeCalls();
    Peer peer = new Peer(socket, transport);
    peers.add(peer);
    return peer;
  }

  @Override
  public void close() {
    wire.close();
    for (Peer peer : peers) {
      assertThat(peer.transport.breaches()).isEmpty();
    }
  }
}
