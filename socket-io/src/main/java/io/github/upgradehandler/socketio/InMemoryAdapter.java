package io.github.upgradehandler.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.upgradehandler.socketio.internal.engine.EnginePacket;
import io.github.upgradehandler.socketio.internal.packet.PacketEncoder;
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
    List<EnginePacket> encoded = PacketEncoder.encode(packet);
    for (Socket socket : select(targets)) {
      socket.deliver(packet, encoded, targets.volatileOnly());
    }
  }

  @Override
  public void broadcastWithAck(
      Packet packet, Targets targets, IntConsumer count, Consumer<JsonNode> answers) {
    JsonNode content = packet.data();
    if (content == null) {
      throw new IllegalArgumentException("an event has content");
    }
    List<Socket> asked = select(targets);
    count.accept(asked.size());
    for (Socket socket : asked) {
      CompletableFuture<Void> unused = socket.ask(null, content).thenAccept(answers);
    }
  }

  /** The sockets of this node that are meant. */
  protected final List<Socket> select(Targets targets) {
    Set<String> excluded = new HashSet<>();
    for (String room : targets.except()) {
      excluded.addAll(members.getOrDefault(room, Set.of()));
    }
    List<Socket> selected = new ArrayList<>();
    for (String id : sockets(targets.rooms())) {
      Socket socket = excluded.contains(id) ? null : namespace.connected(id);
      if (socket != null) {
        selected.add(socket);
      }
    }
    return selected;
  }

  @Override
  public Set<String> sockets(Set<String> named) {
    if (named.isEmpty()) {
      return namespace.ids();
    }
    Set<String> ids = new LinkedHashSet<>();
    for (String room : named) {
      ids.addAll(members.getOrDefault(room, Set.of()));
    }
    return ids;
  }

  @Override
  public Set<String> rooms(String id) {
    return Set.copyOf(rooms.getOrDefault(id, Set.of()));
  }

  @Override
  public CompletionStage<List<RemoteSocket>> fetchSockets(Targets targets) {
    return CompletableFuture.completedFuture(
        select(targets).stream()
            .map(socket -> new RemoteSocket(socket.id(), socket.rooms(), Map.copyOf(socket.data())))
            .toList());
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
  public CompletionStage<Integer> serverCount() {
    return CompletableFuture.completedFuture(1);
  }

  /** Keeps nothing. */
  @Override
  public void persist(SavedSession session) {}

  @Override
  public Optional<SavedSession> restore(String pid, Optional<String> offset) {
    return Optional.empty();
  }

  @Override
  public void close() {}

  /** How many rooms there are, for tests. */
  final int roomCount() {
    return members.size() + rooms.size();
  }
}
