package io.github.upgradehandler.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.upgradehandler.socketio.internal.engine.EnginePacket;
import io.github.upgradehandler.socketio.internal.packet.PacketEncoder;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Keeps the events of a namespace for a while, and the sockets whose connections have broken, in
 * memory. Every event has a position, which clients name to come back; the order of positions is
 * that of sending, since both are under one lock.
 */
final class RecoveringAdapter extends InMemoryAdapter {

  private final Recovery recovery;
  private final long packetNanos;
  private final long sessionNanos;
  private final LongSupplier clock;
  private final Deque<Kept> log = new ArrayDeque<>(); // guarded by this
  private final Map<String, Away> away = new LinkedHashMap<>(); // guarded by this
  private long last; // guarded by this
  private long forgotten; // guarded by this

  private record Kept(long position, long at, Packet packet, Targets targets) {}

  private record Away(SavedSession session, long at, long cut) {}

  RecoveringAdapter(Namespace namespace, Recovery recovery, LongSupplier clock) {
    super(namespace);
    this.recovery = recovery;
    this.clock = clock;
    SocketIoConfig config = namespace.server().config();
    Duration window = recovery.maxDisconnectionDuration();
    sessionNanos = window.toNanos();
    // What was sent to a connection that was broken, and not known to be.
    packetNanos = window.plus(config.pingInterval()).plus(config.pingTimeout()).toNanos();
  }

  @Override
  public synchronized void broadcast(Packet packet, Targets targets) {
    if (!targets.volatileOnly()) {
      last++;
    }
    Packet numbered = numbered(packet);
    List<EnginePacket> encoded = PacketEncoder.encode(numbered);
    if (!targets.volatileOnly()) {
      log.add(new Kept(last, clock.getAsLong(), numbered, targets));
      trim();
    }
    for (Socket socket : select(targets)) {
      if (socket.deliver(numbered, encoded, targets.volatileOnly()) && !targets.volatileOnly()) {
        socket.resumption().sent(last);
      }
    }
  }

  /**
   * With the position as the last argument, where clients look for it; also where it does not
   * count, since a client would take any text there for one.
   */
  private Packet numbered(Packet packet) {
    JsonNode data = packet.data();
    if (!(data instanceof ArrayNode content)) {
      return packet;
    }
    ArrayNode copy = content.arrayNode(content.size() + 1);
    content.forEach(copy::add);
    copy.add(Long.toString(last));
    return new Packet(packet.type(), packet.namespace(), packet.id(), copy);
  }

  /**
   * A socket is let in: it joins its rooms, gets what it has missed and then the answer to its
   * CONNECT, and nothing comes between.
   *
   * @param connected makes it known to broadcasts
   */
  synchronized void connect(Socket socket, Runnable connected) {
    SavedSession session = socket.resumption().session();
    Set<String> rooms = new HashSet<>(Set.of(socket.id()));
    if (session == null) {
      socket.resumption().begin(last);
    } else {
      rooms.addAll(session.rooms());
    }
    addAll(socket.id(), rooms);
    if (session != null) {
      for (Kept kept : log) {
        if (kept.position > session.sent() && isFor(kept.targets, rooms)) {
          socket.deliver(kept.packet, PacketEncoder.encode(kept.packet), false);
          socket.resumption().sent(kept.position);
        }
      }
    }
    socket.sendConnect();
    connected.run();
  }

  private static boolean isFor(Targets targets, Set<String> rooms) {
    boolean named = targets.rooms().isEmpty() || !Collections.disjoint(targets.rooms(), rooms);
    return named && Collections.disjoint(targets.except(), rooms);
  }

  @Override
  public synchronized void persist(SavedSession session) {
    away.remove(session.pid());
    away.put(session.pid(), new Away(session, clock.getAsLong(), last));
    Iterator<Away> oldest = away.values().iterator();
    while (oldest.hasNext()) {
      Away first = oldest.next();
      if (away.size() <= recovery.maxSessions() && !isOver(first)) {
        break;
      }
      oldest.remove();
    }
  }

  @Override
  public synchronized Optional<SavedSession> restore(String pid, Optional<String> offset) {
    trim();
    Away found = away.remove(pid);
    if (found == null || isOver(found)) {
      return Optional.empty();
    }
    SavedSession session = found.session;
    long got = offset.map(RecoveringAdapter::position).orElse(session.since());
    if (got < 0 || got > last) {
      return Optional.empty();
    }
    // It has got all that it was sent, however long ago: then it has missed what came after the
    // cut.
    long from = got >= session.sent() ? Math.max(got, found.cut) : got;
    if (from < forgotten) {
      return Optional.empty();
    }
    return Optional.of(
        new SavedSession(session.sid(), pid, session.rooms(), session.data(), got, from));
  }

  private boolean isOver(Away found) {
    return clock.getAsLong() - found.at > sessionNanos;
  }

  /** What a client has given; -1 if it is none. */
  private static long position(String offset) {
    try {
      return Long.parseLong(offset);
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private void trim() {
    long now = clock.getAsLong();
    for (Kept first = log.peek();
        first != null && (log.size() > recovery.maxPackets() || now - first.at > packetNanos);
        first = log.peek()) {
      forgotten = first.position;
      log.remove();
    }
  }
}
