package io.github.upgradehandler.socketio.redis;

import static java.lang.System.Logger.Level.DEBUG;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.upgradehandler.socketio.Adapter;
import io.github.upgradehandler.socketio.Inquiry;
import io.github.upgradehandler.socketio.Namespace;
import io.github.upgradehandler.socketio.Packet;
import io.github.upgradehandler.socketio.Targets;
import io.github.upgradehandler.socketio.internal.msgpack.Msgpack;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;

/** Does what other nodes ask for, in the order in which it comes, and answers. */
final class Incoming {

  private final Namespace namespace;
  private final Adapter local;
  private final Identity self;
  private final Addresses addresses;
  private final Wire wire;
  private final Peers peers;
  private final Options options;

  Incoming(
      Namespace namespace,
      Adapter local,
      Identity self,
      Addresses addresses,
      Wire wire,
      Peers peers,
      Options options) {
    this.namespace = namespace;
    this.local = local;
    this.self = self;
    this.addresses = addresses;
    this.wire = wire;
    this.peers = peers;
    this.options = options;
  }

  /** Something that was sent to sockets. */
  void broadcast(String channel, byte[] message) {
    String room = addresses.room(channel);
    if (!room.isEmpty() && local.sockets(Set.of(room)).isEmpty()) {
      return;
    }
    JsonNode content;
    try {
      content = Msgpack.read(message);
    } catch (IOException e) {
      passOver(channel, e);
      return;
    }
    boolean logged = content.path(2).path("flags").path(WireTargets.LOGGED).asBoolean();
    if (content.path(0).asText().equals(self.uid()) || (logged && options.logged())) {
      return;
    }
    WirePacket.read(content.path(1), namespace.name())
        .ifPresent(packet -> local.broadcast(packet, WireTargets.read(content.path(2))));
  }

  /** A request. */
  void request(String channel, byte[] message) {
    JsonNode request;
    try {
      request = Wire.read(message);
    } catch (IOException e) {
      passOver(channel, e);
      return;
    }
    if (!request.path("uid").asText().equals(self.uid())) {
      RequestType.of(request.path("type").asInt(-1)).ifPresent(type -> handle(type, request));
    }
  }

  static void passOver(String channel, IOException error) {
    Wire.LOG.log(DEBUG, "what came by " + channel + " is passed over", error);
  }

  private void handle(RequestType type, JsonNode request) {
    switch (type) {
      case SOCKETS -> {
        Set<String> ids = local.sockets(WireTargets.names(request.path("rooms")));
        respond(request, answer(request).set("sockets", WireTargets.names(ids)));
      }
      case ALL_ROOMS ->
          respond(request, answer(request).set("rooms", WireTargets.names(local.roomNames())));
      case REMOTE_JOIN -> {
        local.addSockets(targets(request), rooms(request));
        confirm(request);
      }
      case REMOTE_LEAVE -> {
        local.removeSockets(targets(request), rooms(request));
        confirm(request);
      }
      case REMOTE_DISCONNECT -> {
        local.disconnectSockets(targets(request), request.path("close").asBoolean());
        confirm(request);
      }
      case REMOTE_FETCH -> fetch(request);
      case SERVER_SIDE_EMIT -> serverSideEmit(request);
      case BROADCAST -> broadcastWithAck(request);
      case HELLO -> hello(request);
      case BYE -> peers.gone(request.path("uid").asText());
      case BROADCAST_CLIENT_COUNT, BROADCAST_ACK -> {
        // Responses.
      }
    }
  }

  /** Whom it is for: a socket that is named, of those that ask as versions before 7 do. */
  private static Targets targets(JsonNode request) {
    return request.has("opts")
        ? WireTargets.read(request.path("opts"))
        : new Targets(Set.of(request.path("sid").asText()), Set.of(), false, true);
  }

  private static Set<String> rooms(JsonNode request) {
    return request.has("opts")
        ? WireTargets.names(request.path("rooms"))
        : Set.of(request.path("room").asText());
  }

  /** Only who names a socket waits for that, of the node that has it. */
  private void confirm(JsonNode request) {
    if (!request.has("opts") && !local.rooms(request.path("sid").asText()).isEmpty()) {
      respond(request, answer(request));
    }
  }

  private void fetch(JsonNode request) {
    CompletionStage<Void> unused =
        local
            .fetchSockets(targets(request))
            .thenAccept(
                sockets ->
                    respond(
                        request,
                        answer(request)
                            .set(
                                "sockets",
                                RemoteSockets.write(namespace.server().mapper(), sockets))));
  }

  private void serverSideEmit(JsonNode request) {
    JsonNode event = request.path("data");
    if (event.isArray() && event.path(0).isTextual()) {
      Optional<ObjectNode> answer =
          request.hasNonNull("requestId")
              ? Optional.of(answer(request).put("type", RequestType.SERVER_SIDE_EMIT.number()))
              : Optional.empty();
      namespace.receiveServerSide(
          event,
          new ServerSideAck(namespace.server().mapper(), answer, done -> respond(request, done)));
    }
  }

  private void broadcastWithAck(JsonNode request) {
    Optional<Packet> packet = WirePacket.read(request.path("packet"), namespace.name());
    if (packet.isEmpty()) {
      return;
    }
    JsonNode millis = request.path("opts").path("flags").path("timeout");
    Duration timeout =
        millis.isNumber() ? Duration.ofMillis(millis.asLong()) : options.requestsTimeout();
    Inquiry inquiry =
        local.broadcastWithAck(
            packet.get(),
            targets(request),
            timeout,
            count ->
                respond(
                    request,
                    answer(request)
                        .put("type", RequestType.BROADCAST_CLIENT_COUNT.number())
                        .put("clientCount", count)),
            values -> {
              ObjectNode answer = answer(request).put("type", RequestType.BROADCAST_ACK.number());
              if (!values.isEmpty()) {
                answer.set("packet", values.get(0));
              }
              CompletionStage<Long> unusedSent = wire.sendPacked(responses(request), answer);
            });
    Future<?> unused = namespace.after(timeout, inquiry::end);
  }

  private void hello(JsonNode request) {
    String uid = request.path("uid").asText();
    peers.here(uid, request.path("node").asText());
    CompletionStage<Long> unused = wire.send(addresses.responses(uid), Incoming.hello(self));
  }

  /** What a node says of itself when it comes, and when another has come. */
  static ObjectNode hello(Identity self) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("uid", self.uid())
        .put("type", RequestType.HELLO.number())
        .put("node", self.name());
  }

  private ObjectNode answer(JsonNode request) {
    ObjectNode answer = JsonNodeFactory.instance.objectNode();
    answer.set("requestId", request.path("requestId"));
    return answer.put("uid", self.uid());
  }

  private void respond(JsonNode request, JsonNode response) {
    CompletionStage<Long> unused = wire.send(responses(request), response);
  }

  private String responses(JsonNode request) {
    return options.specificResponses()
        ? addresses.responses(request.path("uid").asText())
        : addresses.responses();
  }
}
