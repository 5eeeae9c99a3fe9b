package io.github.upgradehandler.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.github.upgradehandler.socketio.internal.engine.EngineListener;
import io.github.upgradehandler.socketio.internal.engine.EnginePacket;
import io.github.upgradehandler.socketio.internal.engine.EngineProtocol;
import io.github.upgradehandler.socketio.internal.engine.EngineSession;
import io.github.upgradehandler.socketio.internal.engine.MalformedPacketException;
import io.github.upgradehandler.socketio.internal.engine.RandomId;
import io.github.upgradehandler.socketio.internal.packet.PacketReader;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/**
 * One client, with a socket in each namespace that it has joined. But for sending, everything is
 * done in the session's inbox.
 */
final class Client implements EngineListener {

  private final SocketIo server;
  private final EngineSession session;
  private final PacketReader reader;
  private final Map<String, Socket> sockets = new ConcurrentHashMap<>();
  private final Set<String> joining = new HashSet<>();
  private final Future<?> connectTimeout;
  private boolean closed;

  Client(SocketIo server, EngineSession session) {
    this.server = server;
    this.session = session;
    reader = server.codec().reader(server.config().limits().maxNameLength());
    connectTimeout =
        server
            .work()
            .after(server.config().connectTimeout(), () -> session.inbox().aside(this::tooLate));
    if (isOld()) {
      connect("/", JsonNodeFactory.instance.objectNode());
    }
  }

  SocketIo server() {
    return server;
  }

  EngineSession session() {
    return session;
  }

  /** Whether it is a client of version 2, which is let into the main namespace without asking. */
  boolean isOld() {
    return session.protocol() == EngineProtocol.V3;
  }

  /** The id of a new socket; never the session's, which is a credential, but in version 2. */
  String newId(String namespace) {
    if (!isOld()) {
      return RandomId.next();
    }
    return namespace.equals("/") ? session.id() : namespace + "#" + session.id();
  }

  boolean isClosed() {
    return closed;
  }

  void send(Packet packet) {
    session.send(server.codec().encode(packet));
  }

  void send(List<EnginePacket> encoded, boolean volatileOnly) {
    if (volatileOnly) {
      session.sendIfWritable(encoded);
    } else {
      session.send(encoded);
    }
  }

  /** Disconnects it from all namespaces. */
  void disconnect() {
    sockets.values().forEach(Socket::sendDisconnect);
    session.close(DisconnectReason.FORCED_SERVER_CLOSE);
  }

  @Override
  public void onText(String text) {
    handle(reader.text(text));
  }

  @Override
  public void onBinary(byte[] bytes) {
    handle(reader.binary(bytes));
  }

  @Override
  public void onClose(DisconnectReason reason) {
    closed = true;
    connectTimeout.cancel(false);
    List.copyOf(sockets.values()).forEach(socket -> socket.end(reason));
  }

  /** The socket is let in. */
  void joined(Socket socket) {
    joining.remove(socket.namespace().name());
    sockets.put(socket.namespace().name(), socket);
    connectTimeout.cancel(false);
  }

  /** The socket is not let in. */
  void refused(Namespace namespace, String message, @Nullable JsonNode data) {
    joining.remove(namespace.name());
    refuse(namespace.name(), message, data);
  }

  void left(Socket socket) {
    sockets.remove(socket.namespace().name(), socket);
  }

  private void handle(@Nullable Packet packet) {
    if (packet == null || closed) {
      return;
    }
    String address = packet.namespace();
    int query = isOld() ? address.indexOf('?') : -1;
    String name = query < 0 ? address : address.substring(0, query);
    Socket socket = sockets.get(name);
    if (packet.type() == PacketType.CONNECT) {
      if (isOld() && name.equals("/")) {
        return; // it is there without asking
      }
      if (socket != null || joining.contains(name)) {
        throw new MalformedPacketException("a second CONNECT");
      }
      connect(name, auth(packet, query < 0 ? "" : address.substring(query + 1)));
    } else if (socket != null) {
      socket.receive(packet);
    } else if (packet.type() == PacketType.EVENT || packet.type() == PacketType.CONNECT_ERROR) {
      throw new MalformedPacketException("an event in a namespace that was not joined");
    }
  }

  private static JsonNode auth(Packet packet, String query) {
    if (packet.data() != null) {
      return packet.data();
    }
    ObjectNode auth = JsonNodeFactory.instance.objectNode();
    QueryPairs.of(query).forEach(auth::put);
    return auth;
  }

  private void connect(String name, JsonNode auth) {
    if (sockets.size() + joining.size() >= server.config().limits().maxNamespacesPerClient()) {
      refuse(name, "Too many namespaces", null);
      return;
    }
    Optional<Namespace> namespace = server.find(name, auth);
    if (namespace.isPresent()) {
      joining.add(name);
      namespace.get().arrivals().add(this, auth);
    } else {
      refuse(name, server.isFull() ? "Too many namespaces" : "Invalid namespace", null);
    }
  }

  /** Version 2 has a plain value where later ones have an object. */
  private void refuse(String name, String message, @Nullable JsonNode data) {
    JsonNode content;
    if (isOld()) {
      content = data == null ? TextNode.valueOf(message) : data;
    } else {
      ObjectNode error = JsonNodeFactory.instance.objectNode().put("message", message);
      content = data == null ? error : error.set("data", data);
    }
    send(new Packet(PacketType.CONNECT_ERROR, name, null, content));
  }

  private void tooLate() {
    if (sockets.isEmpty() && !closed) {
      session.close(DisconnectReason.FORCED_SERVER_CLOSE);
    }
  }
}
