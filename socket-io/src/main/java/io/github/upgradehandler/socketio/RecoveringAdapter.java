package io.github.upgradehandler.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.upgradehandler.internal.work.Cork;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.socketio.internal.engine.EnginePacket;
import io.github.upgradehandler.socketio.internal.engine.RandomId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Keeps the events of a namespace for a while, and what is known of its sockets. This node's
 * sockets get an event at once and others when it is in the log; each event says what its receiver
 * has got with it, which clients name to come back. All of that is under one lock, so what a socket
 * gets is in the order of what it is told.
 */
final class RecoveringAdapter extends InMemoryAdapter implements EventLog.Listener {

  /** What another node has sent to a client may be known here a little later. */
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final Duration SAVED_AFTER = Duration.ofMillis(100);

  private final String node = RandomId.next();
  private final LongSupplier clock;
  private final EventLog log;
  private final EventTail tail; // guarded by this
  private final Sessions sessions; // guarded by this
  private final List<Late> late = new ArrayList<>(); // guarded by this
  private final Set<String> changed = new HashSet<>(); // guarded by this

  /** A client that has got something that is not known here yet. */
  private record Late(Place place, CompletableFuture<Void> known) {}

  RecoveringAdapter(Namespace namespace, Recovery recovery, LongSupplier clock, EventLog log) {
    super(namespace);
    this.clock = clock;
    this.log = log;
    SocketIoConfig config = namespace.server().config();
    Duration window = recovery.maxDisconnectionDuration();
    // What was sent to a connection that was broken, and not known to be.
    Duration kept = window.plus(config.pingInterval()).plus(config.pingTimeout());
    tail = new EventTail(node, recovery.maxPackets(), recovery.maxBytes(), kept.toNanos());
    sessions = new Sessions(recovery.maxSessions(), window.toNanos());
  }

  /** Follows the log. */
  RecoveringAdapter start() {
    log.start(this);
    return this;
  }

  @Override
  public void broadcast(Packet packet, Targets targets) {
    Cork.Hold held = Cork.hold(); // writing is not to hold the lock
    try {
      broadcastHeld(packet, targets);
    } finally {
      held.end();
    }
  }

  private synchronized void broadcastHeld(Packet packet, Targets targets) {
    if (targets.volatileOnly()) {
      deliver(packet, targets, tail.place(), () -> {});
    } else {
      deliver(
          packet,
          targets,
          tail.nextPlace(log.isShared()),
          () -> log.append(tail.add(packet, targets, clock.getAsLong())));
    }
  }

  /**
   * Brings a packet to this node's sockets.
   *
   * @param accepted run when it is known that the packet can be sent
   */
  private void deliver(Packet packet, Targets targets, String place, Runnable accepted) {
    Packet numbered = numbered(packet, place);
    List<EnginePacket> encoded = namespace().server().encode(numbered, targets);
    accepted.run();
    for (Socket socket : select(targets)) {
      socket.deliver(numbered, encoded, targets.volatileOnly());
      if (!targets.volatileOnly()) {
        // One whose connection has broken was sent it too: it has missed it.
        socket.resumption().sent(place);
      }
    }
  }

  /**
   * With the place as the last argument, where clients look for it; also where it does not count,
   * since a client would take any text there for one.
   */
  private static Packet numbered(Packet packet, String place) {
    JsonNode data = packet.data();
    if (!(data instanceof ArrayNode content)) {
      return packet;
    }
    ArrayNode copy = content.arrayNode(content.size() + 1);
    content.forEach(copy::add);
    copy.add(place);
    return new Packet(packet.type(), packet.namespace(), packet.id(), copy);
  }

  @Override
  public synchronized void attached(Position position) {
    tail.begin(position);
  }

  @Override
  public synchronized void lost(Position position) {
    tail.begin(position);
    wake();
  }

  @Override
  public void entry(Position position, LogEntry entry) {
    Cork.Hold held = Cork.hold();
    try {
      entryHeld(position, entry);
    } finally {
      held.end();
    }
  }

  private synchronized void entryHeld(Position position, LogEntry entry) {
    long now = clock.getAsLong();
    tail.moved(position);
    if (entry instanceof LogEntry.Event event) {
      tail.logged(position, event, now);
      if (!event.node().equals(node) && !event.targets().local()) {
        deliver(event.packet(), event.targets(), tail.place(), () -> {});
      }
    } else if (entry instanceof LogEntry.Session known && !known.node().equals(node)) {
      sessions.put(known.session(), now);
    } else if (entry instanceof LogEntry.Taken taken && !taken.node().equals(node)) {
      sessions.moved(taken.pid(), taken.node());
      namespace().executor().execute(() -> namespace().arrivals().isElsewhere(taken.pid()));
    } else if (entry instanceof LogEntry.Gone gone && !gone.node().equals(node)) {
      sessions.taken(gone.pid(), gone.node(), now);
    }
    wake();
  }

  private void wake() {
    late.removeIf(
        one -> {
          boolean known = tail.reaches(one.place);
          if (known) {
            namespace().executor().execute(() -> one.known.complete(null));
          }
          return known;
        });
  }

  /** What those have got that have got everything. */
  synchronized String place() {
    return tail.place();
  }

  /** It gets what it has missed and then the answer to its CONNECT, and nothing comes between. */
  @Override
  public synchronized void admit(Socket socket, Runnable connected) {
    SavedSession session = socket.resumption().session();
    Set<String> rooms = new HashSet<>(Set.of(socket.id()));
    if (session == null) {
      socket.resumption().begin(tail.place());
    } else {
      rooms.addAll(session.rooms());
    }
    addAll(socket.id(), rooms);
    if (session != null) {
      replay(socket, session, rooms);
    }
    connected.run();
    changed(socket.id());
  }

  private void replay(Socket socket, SavedSession session, Set<String> rooms) {
    Optional<Place> from = Place.parse(session.sent());
    if (from.isEmpty()) {
      return;
    }
    Predicate<LogEntry.Event> meant =
        event ->
            event.targets().include(rooms)
                && (!event.targets().local() || event.node().equals(session.node()));
    for (EventTail.Kept kept : tail.after(from.get(), meant)) {
      LogEntry.Event event = kept.event();
      Position position = kept.position();
      String place = position == null ? tail.place() : from.get().at(position).toString();
      Packet numbered = numbered(event.packet(), place);
      List<EnginePacket> encoded = namespace().server().encode(numbered, event.targets());
      socket.deliver(numbered, encoded, false);
      socket.resumption().sent(place);
    }
  }

  @Override
  public void addAll(String id, Set<String> joined) {
    super.addAll(id, joined);
    changed(id);
  }

  @Override
  public void remove(String id, String room) {
    super.remove(id, room);
    changed(id);
  }

  /** Other nodes are told, for the case that this one ends without a word. */
  private void changed(String id) {
    if (!log.isShared()) {
      return;
    }
    boolean first;
    synchronized (this) {
      first = changed.isEmpty();
      changed.add(id);
    }
    if (first) {
      Future<?> unused = namespace().after(SAVED_AFTER, this::tellChanged);
    }
  }

  private synchronized void tellChanged() {
    for (String id : changed) {
      Socket socket = namespace().connected(id);
      if (socket != null && socket.resumption().pid() != null) {
        append(socket.resumption().save(socket).on(node));
      }
    }
    changed.clear();
  }

  private void append(SavedSession session) {
    sessions.put(session, clock.getAsLong());
    log.append(new LogEntry.Session(node, session));
  }

  @Override
  public synchronized void persist(Supplier<SavedSession> session) {
    SavedSession last = session.get().on(node);
    changed.remove(last.sid());
    append(last.cut().isPresent() ? last : last.cutAt(tail.place()));
  }

  @Override
  public synchronized void discard(String pid) {
    sessions.taken(pid, node, clock.getAsLong());
    log.append(new LogEntry.Gone(node, pid));
  }

  @Override
  public CompletionStage<Optional<SavedSession>> restore(String pid, Optional<String> offset) {
    CompletableFuture<Void> known = new CompletableFuture<>();
    synchronized (this) {
      Optional<Place> place = offset.flatMap(Place::parse);
      if (!log.isShared() || place.isEmpty() || tail.reaches(place.get())) {
        return CompletableFuture.completedStage(take(pid, offset));
      }
      late.add(new Late(place.get(), known));
    }
    Future<?> timer = namespace().after(PATIENCE, () -> known.complete(null));
    return known.thenApply(
        reached -> {
          timer.cancel(false);
          return take(pid, offset);
        });
  }

  private synchronized Optional<SavedSession> take(String pid, Optional<String> offset) {
    late.removeIf(one -> one.known.isDone());
    tail.trim(clock.getAsLong());
    Optional<SavedSession> found = sessions.find(pid, clock.getAsLong());
    if (found.isEmpty() || !log.isFollowed()) {
      return Optional.empty();
    }
    SavedSession session = found.get();
    sessions.taken(pid, node, clock.getAsLong());
    log.append(new LogEntry.Taken(node, pid));
    return Place.parse(offset.orElse(session.since()))
        .map(got -> start(session, got))
        .filter(tail::hasAfter)
        .map(start -> session.from(start.toString()));
  }

  /**
   * One that has got all that it was sent, however long ago, has missed what came after the cut.
   */
  private static Place start(SavedSession session, Place got) {
    Optional<Place> sent = Place.parse(session.sent());
    Optional<Place> cut = session.cut().flatMap(Place::parse);
    return cut.isPresent()
            && sent.isPresent()
            && got.covers(sent.get())
            && cut.get().covers(got)
            && got.position().epoch().equals(sent.get().position().epoch())
        ? cut.get()
        : got;
  }

  @Override
  public void close() {
    log.close();
  }
}
