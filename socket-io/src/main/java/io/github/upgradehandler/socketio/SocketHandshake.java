package io.github.upgradehandler.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.upgradehandler.Handshake;
import java.net.InetAddress;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/**
 * What is known of a client that joins a namespace.
 *
 * @param request the request that has opened its session
 * @param auth what the client has given to be let in: an object, empty if it gave nothing
 * @param issued when it asked to join
 */
public record SocketHandshake(Handshake request, JsonNode auth, Instant issued) {

  /** Other nodes are told of them, and of none that is a credential. */
  private static final List<String> HEADERS =
      List.of("Host", "Origin", "Referer", "User-Agent", "Accept-Language", "X-Forwarded-For");

  /** As Socket.IO for Node.js has it, but of the headers those alone that are no credentials. */
  public JsonNode json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode headers = json.putObject("headers");
    for (String name : HEADERS) {
      request.header(name).ifPresent(value -> headers.put(name.toLowerCase(Locale.ROOT), value));
    }
    json.put("time", issued.toString());
    InetAddress address = request.remoteAddress().getAddress();
    json.put(
        "address",
        address == null ? request.remoteAddress().getHostString() : address.getHostAddress());
    json.put("xdomain", request.origin().isPresent());
    json.put("secure", request.isSecure());
    json.put("issued", issued.toEpochMilli());
    json.put("url", request.path() + request.query().map(text -> "?" + text).orElse(""));
    ObjectNode query = json.putObject("query");
    request.parameters().forEach((name, values) -> query.put(name, values.get(0)));
    json.set("auth", auth);
    return json;
  }
}
