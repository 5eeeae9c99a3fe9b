package io.github.upgradehandler.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/**
 * Knows which sockets of one namespace are in which rooms, and brings broadcasts to them: those of
 * this node, and where there are others, theirs. {@link InMemoryAdapter} is the one of a single
 * node, and what others build on. Thread-safe; no method blocks.
 */
public interface Adapter {

  /** Makes the adapter of a namespace. */
  @FunctionalInterface
  interface Factory {
    /** Called once for each namespace, before its first socket. */
    Adapter create(Namespace namespace);

    /**
     * Those of a single node, which keep what clients miss if {@link SocketIoConfig#recovery} says
     * so.
     */
    static Factory local() {
      return local(namespace -> new MemoryEventLog());
    }

    /**
     * The same, for a node that shares what clients come back to with others.
     *
     * @param logs asked for the log of each namespace, if clients may come back
     */
    static Factory local(Function<Namespace, EventLog> logs) {
      return namespace -> {
        Recovery recovery = namespace.server().config().recovery();
        return recovery == null
            ? new InMemoryAdapter(namespace)
            : new RecoveringAdapter(namespace, recovery, System::nanoTime, logs.apply(namespace))
                .start();
      };
    }
  }

  /**
   * A socket of this node joins rooms.
   *
   * @throws IllegalStateException if it is in too many then
   */
  void addAll(String id, Set<String> rooms);

  /** A socket of this node leaves a room. */
  void remove(String id, String room);

  /** A socket of this node leaves all rooms: it is gone. */
  void removeAll(String id);

  /** Brings a packet to sockets. */
  void broadcast(Packet packet, Targets targets);

  /**
   * Brings an event to sockets, and their answers back.
   *
   * @param packet without an id
   * @param timeout after which the caller ends it
   * @param count told by each node how many sockets it asks
   * @param answers told the arguments of each answer, as an array
   */
  Inquiry broadcastWithAck(
      Packet packet,
      Targets targets,
      Duration timeout,
      IntConsumer count,
      Consumer<JsonNode> answers);

  /** The ids of this node's sockets in any of the rooms, of all if there are none. */
  Set<String> sockets(Set<String> rooms);

  /** The rooms of a socket of this node. */
  Set<String> rooms(String id);

  /** The names of this node's rooms. */
  Set<String> roomNames();

  /**
   * The sockets of all nodes.
   *
   * @return completes exceptionally with a {@link MissingSocketsException} if not all nodes have
   *     answered
   */
  CompletionStage<List<RemoteSocket>> fetchSockets(Targets targets);

  /** Has sockets join rooms. */
  void addSockets(Targets targets, Set<String> rooms);

  /** Has sockets leave rooms. */
  void removeSockets(Targets targets, Set<String> rooms);

  /** Disconnects sockets, and their clients as a whole if {@code close}. */
  void disconnectSockets(Targets targets, boolean close);

  /** Tells the listeners of the other nodes: the event's name and arguments, as an array. */
  void serverSideEmit(JsonNode event);

  /**
   * The same, and each node answers.
   *
   * @return completes with an answer of each other node; exceptionally with a {@link
   *     MissingAnswersException} if not all have answered
   */
  CompletionStage<List<Args>> serverSideEmitWithAck(JsonNode event);

  /**
   * How many nodes there are.
   *
   * @return completes exceptionally if that cannot be found out
   */
  CompletionStage<Integer> serverCount();

  /**
   * A socket is let in: it joins its rooms and is connected.
   *
   * @param connected answers its client, and makes it known to broadcasts; run once
   */
  void admit(Socket socket, Runnable connected);

  /**
   * Keeps a session whose connection has broken.
   *
   * @param session gives it as it is when it is asked, so that no broadcast comes between; one that
   *     says where it was cut was given back before, and its client did not get to have it
   */
  void persist(Supplier<SavedSession> session);

  /** A session's client has left for good: it does not come back to it. */
  void discard(String pid);

  /**
   * Gives a session back, once.
   *
   * @param pid what the client has given
   * @param offset that of the last event that it has got; empty if it got none
   * @return completes with nothing if it is not kept, or not all is that the client has missed
   */
  CompletionStage<Optional<SavedSession>> restore(String pid, Optional<String> offset);

  /** The namespace goes out of service. */
  void close();
}
