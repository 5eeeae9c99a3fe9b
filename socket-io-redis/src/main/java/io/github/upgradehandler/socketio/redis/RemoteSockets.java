package io.github.upgradehandler.socketio.redis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.upgradehandler.socketio.RemoteSocket;
import java.util.ArrayList;
import java.util.List;

/** Sockets, as nodes tell each other. */
final class RemoteSockets {

  private RemoteSockets() {}

  static ArrayNode write(ObjectMapper mapper, List<RemoteSocket> sockets) {
    ArrayNode written = JsonNodeFactory.instance.arrayNode(sockets.size());
    for (RemoteSocket socket : sockets) {
      ObjectNode one = written.addObject();
      one.put("id", socket.id());
      one.set("handshake", socket.handshake());
      one.set("rooms", WireTargets.names(socket.rooms()));
      one.set("data", SocketData.write(mapper, socket.data()));
    }
    return written;
  }

  static List<RemoteSocket> read(ObjectMapper mapper, JsonNode sockets) {
    List<RemoteSocket> read = new ArrayList<>(sockets.size());
    for (JsonNode socket : sockets) {
      read.add(
          new RemoteSocket(
              socket.path("id").asText(),
              socket.path("handshake"),
              WireTargets.names(socket.path("rooms")),
              SocketData.read(mapper, socket.path("data"))));
    }
    return read;
  }
}
