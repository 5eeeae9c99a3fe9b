package io.github.upgradehandler.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.internal.deflate.PermessageDeflate;
import io.github.upgradehandler.internal.deflate.PermessageDeflate.Agreement;
import io.github.upgradehandler.internal.frame.FrameReader;
import io.github.upgradehandler.internal.frame.FrameWriter;
import io.github.upgradehandler.internal.frame.Opcode;
import io.github.upgradehandler.internal.frame.ProtocolException;
import io.github.upgradehandler.internal.log.EndpointLog;
import io.github.upgradehandler.internal.protocol.Extension;
import io.github.upgradehandler.internal.protocol.ExtensionOffer;
import io.github.upgradehandler.internal.work.SweepTimer;
import io.github.upgradehandler.internal.work.WorkerPool;
import io.github.upgradehandler.internal.work.Workers;
import io.github.upgradehandler.spi.Role;
import io.github.upgradehandler.testing.Connections;
import io.github.upgradehandler.testkit.MemoryTransport;
import io.github.upgradehandler.testkit.VirtualClock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A group of servers and a group of clients, whose connections are wired together in memory.
 * Everything happens on the test's thread. Of all that an end sends it is checked that frames are
 * masked or not, as the end is.
 */
final class EnginePair implements AutoCloseable {

  private static final int COMPRESSED = 0x40;

  private final VirtualClock clock = new VirtualClock();
  private final SweepTimer deadlines = new SweepTimer(clock);
  private final ConnectionGroup servers;
  private final ConnectionGroup clients;
  private final Extension serverExtension;
  private final Extension clientExtension;

  EnginePair(WebSocketConfig config) {
    servers = group(FrameWriter.server(), config);
    clients = group(FrameWriter.client(new MaskingKeys(new Random(1))), config);
    if (config.compression().isEnabled()) {
      PermessageDeflate client = new PermessageDeflate(config);
      Agreement accepted =
          new PermessageDeflate(config).choose(parse(client.offer())).orElseThrow();
      serverExtension = accepted.extension();
      clientExtension = client.agreed(parse(accepted.header()).get(0)).orElseThrow().extension();
    } else {
      serverExtension = null;
      clientExtension = null;
    }
  }

  private ConnectionGroup group(FrameWriter writer, WebSocketConfig config) {
    Workers workers = new Workers(Runnable::run, new WorkerPool("callback", 1));
    return new ConnectionGroup(
        writer, config, deadlines, getClass().getClassLoader(), workers, new EndpointLog("an end"));
  }

  private static List<ExtensionOffer> parse(String header) {
    return ExtensionOffer.parse(List.of(header));
  }

  /** Opens a connection at both ends. */
  Link open(WebSocketHandler server, WebSocketHandler client) {
    return new Link(
        new End(servers, Role.SERVER, serverExtension, server),
        new End(clients, Role.CLIENT, clientExtension, client));
  }

  /** Time passes for both ends. */
  void pass(Duration time) {
    clock.advance(time);
    servers.sweep();
    clients.sweep();
  }

  @Override
  public void close() {
    deadlines.close();
  }

  /** One end of a connection, and what carries its bytes. */
  static final class End {

    final MemoryTransport transport = new MemoryTransport();
    final Connection socket;
    private final FrameReader sent;
    private int received;
    private boolean told;

    End(ConnectionGroup group, Role role, Extension extension, WebSocketHandler handler) {
      sent = new FrameReader(role.peer(), extension == null ? 0 : COMPRESSED, new Unseen());
      Handshake handshake = new Handshake.Builder("/").build();
      socket = Connections.connect(group, transport, handshake, null, extension, handler);
      socket.onStarted();
      socket.onWritable();
    }

    /** How many bytes have come. */
    int received() {
      return received;
    }

    /** What was sent since the last time; masked as this end must. */
    byte[] takeSent() {
      byte[] bytes = transport.takeWritten();
      try {
        sent.read(bytes.clone(), 0, bytes.length);
      } catch (ProtocolException e) {
        throw new AssertionError(e);
      }
      return bytes;
    }

    private void receive(byte[] bytes) {
      received += bytes.length;
      transport.arrive(bytes);
      socket.onReadable();
    }

    private void receiveCut(byte[] bytes, int cut) {
      int at = cut - received;
      if (at > 0 && at < bytes.length) {
        receive(Arrays.copyOfRange(bytes, 0, at));
        receive(Arrays.copyOfRange(bytes, at, bytes.length));
      } else {
        receive(bytes);
      }
    }
  }

  /** Takes frames, of which only the headers count. */
  private static final class Unseen implements FrameReader.Sink {
    @Override
    public void frame(Opcode opcode, boolean fin, int reservedBits, long payloadLength) {}

    @Override
    public boolean payload(byte[] bytes, int offset, int length, boolean last) {
      return true;
    }
  }

  /** A connection with both its ends. */
  static final class Link {

    final End server;
    final End client;

    Link(End server, End client) {
      this.server = server;
      this.client = client;
    }

    /** Carries bytes until none is left, then the ends of TCP. */
    void carry(int cut) {
      carryBytes(cut);
      while (carryEnd(server, client) || carryEnd(client, server)) {
        carryBytes(cut);
      }
      assertThat(server.transport.breaches()).isEmpty();
      assertThat(client.transport.breaches()).isEmpty();
    }

    /** Carries bytes until none is left, cut apart at one place of each direction. */
    void carryBytes(int cut) {
      boolean carried;
      do {
        carried = carryBytes(client, server, cut) || carryBytes(server, client, cut);
      } while (carried);
    }

    private static boolean carryBytes(End from, End to, int cut) {
      byte[] bytes = from.takeSent();
      if (bytes.length > 0) {
        to.receiveCut(bytes, cut);
      }
      return bytes.length > 0;
    }

    private static boolean carryEnd(End from, End to) {
      if (to.told || !from.transport.isClosed()) {
        return false;
      }
      to.told = true;
      to.transport.arriveEnd();
      to.socket.onReadable();
      return true;
    }
  }
}
