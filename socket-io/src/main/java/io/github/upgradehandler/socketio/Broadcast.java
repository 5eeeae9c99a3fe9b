package io.github.upgradehandler.socketio;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Sockets of a namespace, to be sent to. Immutable, thread-safe. */
public final class Broadcast {

  private final Namespace namespace;
  private final Targets targets;

  Broadcast(Namespace namespace, Targets targets) {
    this.namespace = namespace;
    this.targets = targets;
  }

  /** Those in any of the rooms named so far and of these. */
  public Broadcast to(String... rooms) {
    return with(
        new Targets(
            joined(targets.rooms(), rooms),
            targets.except(),
            targets.volatileOnly(),
            targets.local(),
            targets.compress()));
  }

  /** The same as {@link #to}. */
  public Broadcast in(String... rooms) {
    return to(rooms);
  }

  /** But not those in any of these rooms. */
  public Broadcast except(String... rooms) {
    return with(
        new Targets(
            targets.rooms(),
            joined(targets.except(), rooms),
            targets.volatileOnly(),
            targets.local(),
            targets.compress()));
  }

  /** What is sent may be dropped for those that cannot take it at once. */
  public Broadcast asVolatile() {
    return with(
        new Targets(targets.rooms(), targets.except(), true, targets.local(), targets.compress()));
  }

  /** Those of this node alone. */
  public Broadcast local() {
    return with(
        new Targets(
            targets.rooms(), targets.except(), targets.volatileOnly(), true, targets.compress()));
  }

  /** What is sent is not compressed, neither for those that poll nor over WebSocket. */
  public Broadcast uncompressed() {
    return with(
        new Targets(
            targets.rooms(), targets.except(), targets.volatileOnly(), targets.local(), false));
  }

  /**
   * Sends an event.
   *
   * @throws IllegalArgumentException as {@link Socket#emit} does
   */
  public void emit(String event, Object... args) {
    namespace.adapter().broadcast(packet(event, args), targets);
  }

  /**
   * Sends an event that each answers within a time.
   *
   * @return completes with an answer of each; exceptionally with a {@link MissingAnswersException},
   *     which has those that came, after the time
   * @throws IllegalArgumentException as {@link Socket#emit} does
   */
  public CompletableFuture<List<Args>> emitWithAck(Duration timeout, String event, Object... args) {
    return BroadcastAnswers.ask(namespace, packet(event, args), targets, timeout);
  }

  /**
   * The sockets, on all nodes.
   *
   * @return completes exceptionally with a {@link MissingSocketsException}, which has those that
   *     were found, if a node has not answered
   */
  public CompletionStage<List<RemoteSocket>> fetchSockets() {
    return namespace.adapter().fetchSockets(targets);
  }

  /** Has the sockets join rooms. */
  public void socketsJoin(String... rooms) {
    namespace.adapter().addSockets(targets, Set.of(rooms));
  }

  /** Has the sockets leave rooms. */
  public void socketsLeave(String... rooms) {
    namespace.adapter().removeSockets(targets, Set.of(rooms));
  }

  /** Disconnects the sockets from the namespace. */
  public void disconnectSockets() {
    namespace.adapter().disconnectSockets(targets, false);
  }

  /** Disconnects the sockets' clients from all namespaces. */
  public void disconnectClients() {
    namespace.adapter().disconnectSockets(targets, true);
  }

  private Packet packet(String event, Object... args) {
    ArrayNode content = namespace.server().emitting().event(event, args);
    return new Packet(PacketType.EVENT, namespace.name(), null, content);
  }

  private Broadcast with(Targets others) {
    return new Broadcast(namespace, others);
  }

  private static Set<String> joined(Set<String> known, String... more) {
    Set<String> all = new HashSet<>(known);
    all.addAll(List.of(more));
    return all;
  }
}
