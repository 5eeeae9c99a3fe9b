package io.github.upgradehandler.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.upgradehandler.internal.work.Cork;
import io.github.upgradehandler.socketio.internal.engine.EnginePacket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * The adapter of a single node, and this node's part of others: a class that extends it publishes,
 * and calls these methods for what it receives. Thread-safe.
 */
public class InMemoryAdapter implements Adapter {

  private final Namespace namespace;
  private final int maxRooms;
  private final Map<String, Set<String>> members = new ConcurrentHashMap<>();
  private final Map<String, Set<String>> rooms = new ConcurrentHashMap<>();

  /** An adapter without sockets. */
  public InMemoryAdapter(Namespace namespace) {
    this.namespace = namespace;
    maxRooms = namespace.server().config().limits().maxRoomsPerSocket();
  }

  /** The namespace that it is of. */
  protected final Namespace namespace() {
    return namespace;
  }

  @Override
  public void addAll(String id, Set<String> joined) {
    rooms.compute(
        id,
        (key, known) -> {
          Set<String> all = known == null ? ConcurrentHashMap.newKeySet() : known;
          Set<String> more = new HashSet<>(joined);
          more.removeAll(all);
          if (all.size() + more.size() > maxRooms) {
            throw new IllegalStateException(
                "a socket would be in more rooms than maxRoomsPerSocket, " + maxRooms);
          }
          all.addAll(more);
          more.forEach(room -> add(room, id));
          return all;
        });
  }

  private void add(String room, String id) {
    members.compute(
        room,
        (key, known) -> {
          Set<String> ids = known == null ? ConcurrentHashMap.newKeySet() : known;
          ids.add(id);
          return ids;
        });
  }

  @Override
  public void remove(String id, String room) {
    rooms.computeIfPresent(
        id,
        (key, known) -> {
          if (known.remove(room)) {
            removeMember(room, id);
          }
          return known;
        });
  }

  private void removeMember(String room, String id) {
    members.computeIfPresent(
        room,
        (key, ids) -> {
          ids.remove(id);
          return ids.isEmpty() ? null : ids;
        });
  }

  @Override
  public void removeAll(String id) {
    rooms.computeIfPresent(
        id,
        (key, known) -> {
          known.forEach(room -> removeMember(room, id));
          return null;
        });
  }

  @Override
  public void broadcast(Packet packet, Targets targets) {
    List<EnginePacket> encoded = namespace.server().encode(packet, targets);
    Cork.Hold held = Cork.hold();
    try {
      for (Socket socket : select(targets)) {
        socket.deliver(packet, encoded, targets.volatileOnly());
      }
    } finally {
      held.end();
    }
  }

  @Override
  public Inquiry broadcastWithAck(
      Packet packet,
      Targets targets,
      Duration timeout,
      IntConsumer count,
      Consumer<JsonNode> answers) {
    JsonNode content = packet.data();
    if (content == null) {
      throw new IllegalArgumentException("an event has content");
    }
    List<Socket> asked = select(targets);
    count.accept(asked.size());
    List<CompletableFuture<JsonNode>> open = new ArrayList<>(asked.size());
    for (Socket socket : asked) {
      CompletableFuture<JsonNode> answer = socket.ask(null, content, targets);
      CompletableFuture<Void> unused = answer.thenAccept(answers);
      open.add(answer);
    }
    return new LocalInquiry(open);
  }

  private record LocalInquiry(List<CompletableFuture<JsonNode>> open) implements Inquiry {

    @Override
    public List<String> silent() {
      return List.of();
    }

    @Override
    public void end() {
      open.forEach(answer -> answer.cancel(false));
    }
  }

  /** The sockets of this node that are meant. */
  protected final List<Socket> select(Targets targets) {
    List<Set<String>> excluded = new ArrayList<>(targets.except().size());
    for (String room : targets.except()) {
      excluded.add(members(room));
    }
    Set<String> named = named(targets.rooms());
    List<Socket> selected = new ArrayList<>(named.size());
    for (String id : named) {
      Socket socket = isInAny(excluded, id) ? null : namespace.connected(id);
      if (socket != null) {
        selected.add(socket);
      }
    }
    return selected;
  }

  private static boolean isInAny(List<Set<String>> sets, String id) {
    for (Set<String> set : sets) {
      if (set.contains(id)) {
        return true;
      }
    }
    return false;
  }

  private Set<String> members(String room) {
    return members.getOrDefault(room, Set.of());
  }

  /** Without a copy where one set has them all; others may change it meanwhile. */
  private Set<String> named(Set<String> rooms) {
    if (rooms.isEmpty()) {
      return namespace.ids();
    }
    if (rooms.size() == 1) {
      return members(rooms.iterator().next());
    }
    Set<String> ids = new LinkedHashSet<>();
    for (String room : rooms) {
      ids.addAll(members(room));
    }
    return ids;
  }

  @Override
  public Set<String> sockets(Set<String> named) {
    return Set.copyOf(named(named));
  }

  @Override
  public Set<String> rooms(String id) {
    return Set.copyOf(rooms.getOrDefault(id, Set.of()));
  }

  @Override
  public Set<String> roomNames() {
    return Set.copyOf(members.keySet());
  }

  @Override
  public CompletionStage<List<RemoteSocket>> fetchSockets(Targets targets) {
    return CompletableFuture.completedFuture(
        select(targets).stream().map(InMemoryAdapter::snapshot).toList());
  }

  private static RemoteSocket snapshot(Socket socket) {
    return new RemoteSocket(
        socket.id(), socket.handshake().json(), socket.rooms(), Map.copyOf(socket.data()));
  }

  @Override
  public void addSockets(Targets targets, Set<String> joined) {
    select(targets).forEach(socket -> socket.join(joined.toArray(String[]::new)));
  }

  @Override
  public void removeSockets(Targets targets, Set<String> left) {
    select(targets).forEach(socket -> left.forEach(socket::leave));
  }

  @Override
  public void disconnectSockets(Targets targets, boolean close) {
    select(targets).forEach(close ? Socket::disconnectClient : Socket::disconnect);
  }

  /** There are no other nodes. */
  @Override
  public void serverSideEmit(JsonNode event) {}

  @Override
  public CompletionStage<List<Args>> serverSideEmitWithAck(JsonNode event) {
    return CompletableFuture.completedStage(List.of());
  }

  @Override
  public CompletionStage<Integer> serverCount() {
    return CompletableFuture.completedFuture(1);
  }

  @Override
  public void admit(Socket socket, Runnable connected) {
    addAll(socket.id(), Set.of(socket.id()));
    connected.run();
  }

  /** Keeps nothing. */
  @Override
  public void persist(Supplier<SavedSession> session) {}

  @Override
  public void discard(String pid) {}

  @Override
  public CompletionStage<Optional<SavedSession>> restore(String pid, Optional<String> offset) {
    return CompletableFuture.completedStage(Optional.empty());
  }

  @Override
  public void close() {}

  /** How many rooms there are, for tests. */
  final int roomCount() {
    return members.size() + rooms.size();
  }
}
