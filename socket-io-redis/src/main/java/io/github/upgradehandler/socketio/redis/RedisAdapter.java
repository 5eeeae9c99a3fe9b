package io.github.upgradehandler.socketio.redis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.upgradehandler.redis.RedisChannels;
import io.github.upgradehandler.redis.RedisRooms;
import io.github.upgradehandler.socketio.Adapter;
import io.github.upgradehandler.socketio.Args;
import io.github.upgradehandler.socketio.Inquiry;
import io.github.upgradehandler.socketio.MissingAnswersException;
import io.github.upgradehandler.socketio.MissingSocketsException;
import io.github.upgradehandler.socketio.Namespace;
import io.github.upgradehandler.socketio.Packet;
import io.github.upgradehandler.socketio.RemoteSocket;
import io.github.upgradehandler.socketio.SavedSession;
import io.github.upgradehandler.socketio.Socket;
import io.github.upgradehandler.socketio.Targets;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Does on this node what is to be done at once, and tells the others by Redis. */
final class RedisAdapter implements Adapter {

  private final Namespace namespace;
  private final Adapter local;
  private final Identity self;
  private final Addresses addresses;
  private final RedisChannels channels;
  private final Wire wire;
  private final Peers peers;
  private final Incoming incoming;
  private final Questions questions;
  private final AckQuestions ackQuestions;
  private final boolean logged;
  private final Requests requests;

  /**
   * Joins the other nodes.
   *
   * @param local does what concerns this node
   */
  RedisAdapter(Namespace namespace, Adapter local, RedisRooms redis, Options options) {
    this.namespace = namespace;
    this.local = local;
    logged = options.logged();
    self = Identity.of(options.nodeName());
    addresses = Addresses.of(options.key(), namespace.name());
    channels = redis.channels(this::sayHello);
    wire = new Wire(channels);
    peers = new Peers(System::nanoTime);
    incoming = new Incoming(namespace, local, self, addresses, wire, peers, options);
    questions = new Questions(namespace, peers, options.requestsTimeout());
    ackQuestions = new AckQuestions(peers);
    requests = new Requests(self, addresses, channels, wire, peers, questions, subscribe());
    sayHello();
  }

  private CompletionStage<Void> subscribe() {
    return CompletableFuture.allOf(
        channels.subscribePattern(addresses.pattern(), incoming::broadcast).toCompletableFuture(),
        channels.subscribe(addresses.responses(), this::response).toCompletableFuture(),
        channels.subscribe(addresses.responses(self.uid()), this::response).toCompletableFuture(),
        channels.subscribe(addresses.requests(), incoming::request).toCompletableFuture());
  }

  /** The others learn of this node's name, and answer with theirs. */
  private void sayHello() {
    CompletionStage<Long> unused = wire.send(addresses.requests(), Incoming.hello(self));
  }

  private void response(String channel, byte[] message) {
    JsonNode response;
    try {
      response = Wire.read(message);
    } catch (IOException e) {
      Incoming.passOver(channel, e);
      return;
    }
    String id = response.path("requestId").asText();
    int type = response.path("type").asInt(-1);
    if (type == RequestType.HELLO.number()) {
      peers.here(response.path("uid").asText(), response.path("node").asText());
    } else if (type == RequestType.BROADCAST_CLIENT_COUNT.number()) {
      ackQuestions.counted(id, response);
    } else if (type == RequestType.BROADCAST_ACK.number()) {
      ackQuestions.answered(id, response);
    } else {
      questions.answered(id, response);
    }
  }

  @Override
  public void addAll(String id, Set<String> rooms) {
    local.addAll(id, rooms);
  }

  @Override
  public void remove(String id, String room) {
    local.remove(id, room);
  }

  @Override
  public void removeAll(String id) {
    local.removeAll(id);
  }

  @Override
  public Set<String> sockets(Set<String> rooms) {
    return local.sockets(rooms);
  }

  @Override
  public Set<String> rooms(String id) {
    return local.rooms(id);
  }

  @Override
  public Set<String> roomNames() {
    return local.roomNames();
  }

  @Override
  public void broadcast(Packet packet, Targets targets) {
    local.broadcast(packet, targets);
    if (!targets.local()) {
      ObjectNode options = WireTargets.write(targets);
      if (logged && !targets.volatileOnly()) {
        options.withObjectProperty("flags").put(WireTargets.LOGGED, true);
      }
      ArrayNode message =
          JsonNodeFactory.instance
              .arrayNode()
              .add(self.uid())
              .add(WirePacket.write(packet))
              .add(options);
      CompletionStage<Long> unused = wire.sendPacked(addresses.broadcast(targets.rooms()), message);
    }
  }

  @Override
  public Inquiry broadcastWithAck(
      Packet packet,
      Targets targets,
      Duration timeout,
      IntConsumer count,
      Consumer<JsonNode> answers) {
    if (targets.local()) {
      return local.broadcastWithAck(packet, targets, timeout, count, answers);
    }
    String id = Identity.newRequest();
    ObjectNode options = WireTargets.write(targets);
    options.withObjectProperty("flags").put("timeout", timeout.toMillis());
    ObjectNode request = requests.make(Optional.of(id), RequestType.BROADCAST);
    request.set("packet", WirePacket.write(packet));
    request.set("opts", options);
    Inquiry inquiry =
        ackQuestions.add(
            id,
            count,
            answers,
            () -> local.broadcastWithAck(packet, targets, timeout, count, answers));
    CompletionStage<Long> unused = wire.sendPacked(addresses.requests(), request);
    return inquiry;
  }

  @Override
  public CompletionStage<List<RemoteSocket>> fetchSockets(Targets targets) {
    CompletionStage<List<RemoteSocket>> here = local.fetchSockets(targets);
    if (targets.local()) {
      return here;
    }
    return here.thenCompose(
        known ->
            requests
                .ask(RequestType.REMOTE_FETCH, request -> request.set("opts", opts(targets)))
                .handle(
                    (answers, error) -> {
                      if (error == null) {
                        return sockets(known, answers);
                      }
                      SilentNodesException silent = requests.silent(error);
                      throw new CompletionException(
                          new MissingSocketsException(
                              silent.text(), sockets(known, silent.answers()), silent.names()));
                    }));
  }

  private List<RemoteSocket> sockets(List<RemoteSocket> known, List<JsonNode> answers) {
    List<RemoteSocket> all = new ArrayList<>(known);
    for (JsonNode answer : answers) {
      all.addAll(RemoteSockets.read(namespace.server().mapper(), answer.path("sockets")));
    }
    return List.copyOf(all);
  }

  @Override
  public void addSockets(Targets targets, Set<String> rooms) {
    local.addSockets(targets, rooms);
    tell(
        targets,
        RequestType.REMOTE_JOIN,
        request -> request.set("rooms", WireTargets.names(rooms)));
  }

  @Override
  public void removeSockets(Targets targets, Set<String> rooms) {
    local.removeSockets(targets, rooms);
    tell(
        targets,
        RequestType.REMOTE_LEAVE,
        request -> request.set("rooms", WireTargets.names(rooms)));
  }

  @Override
  public void disconnectSockets(Targets targets, boolean close) {
    local.disconnectSockets(targets, close);
    tell(targets, RequestType.REMOTE_DISCONNECT, request -> request.put("close", close));
  }

  private void tell(Targets targets, RequestType type, Consumer<ObjectNode> more) {
    if (!targets.local()) {
      ObjectNode request = requests.make(Optional.empty(), type);
      request.set("opts", opts(targets));
      more.accept(request);
      CompletionStage<Long> unused = wire.send(addresses.requests(), request);
    }
  }

  private static ObjectNode opts(Targets targets) {
    ObjectNode options = WireTargets.write(targets);
    options.remove("flags");
    return options;
  }

  @Override
  public void serverSideEmit(JsonNode event) {
    CompletionStage<Long> unused =
        wire.send(
            addresses.requests(),
            requests.make(Optional.empty(), RequestType.SERVER_SIDE_EMIT).set("data", event));
  }

  @Override
  public CompletionStage<List<Args>> serverSideEmitWithAck(JsonNode event) {
    return requests
        .ask(RequestType.SERVER_SIDE_EMIT, request -> request.set("data", event))
        .handle(
            (answers, error) -> {
              if (error == null) {
                return values(answers);
              }
              SilentNodesException silent = requests.silent(error);
              throw new CompletionException(
                  new MissingAnswersException(
                      silent.text(), values(silent.answers()), silent.names()));
            });
  }

  private List<Args> values(List<JsonNode> answers) {
    return answers.stream()
        .map(
            answer -> {
              JsonNode value = answer.path("data");
              ArrayNode values = JsonNodeFactory.instance.arrayNode();
              return Args.of(
                  namespace.server().mapper(), value.isMissingNode() ? values : values.add(value));
            })
        .toList();
  }

  @Override
  public CompletionStage<Integer> serverCount() {
    return requests.serverCount();
  }

  @Override
  public void admit(Socket socket, Runnable connected) {
    local.admit(socket, connected);
  }

  @Override
  public void persist(Supplier<SavedSession> session) {
    local.persist(session);
  }

  @Override
  public void discard(String pid) {
    local.discard(pid);
  }

  @Override
  public CompletionStage<Optional<SavedSession>> restore(String pid, Optional<String> offset) {
    return local.restore(pid, offset);
  }

  /** How many questions are open, for tests. */
  int openQuestions() {
    return questions.size() + ackQuestions.size();
  }

  @Override
  public void close() {
    CompletionStage<Long> unused =
        wire.send(addresses.requests(), requests.make(Optional.empty(), RequestType.BYE));
    channels.close();
    questions.close();
    local.close();
  }
}
