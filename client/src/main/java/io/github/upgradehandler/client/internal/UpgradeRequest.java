package io.github.upgradehandler.client.internal;

import io.github.upgradehandler.client.ClientRequest;
import java.util.Base64;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The client's half of the opening handshake (RFC 6455 section 4.1).
 *
 * @param key the value of Sec-WebSocket-Key
 * @param subprotocols what is offered
 * @param extension what is offered, if anything
 * @param head the whole request
 */
record UpgradeRequest(
    String key, List<String> subprotocols, @Nullable String extension, String head) {

  private static final int KEY_BYTES = 16;

  /** A request with a key of its own. */
  static UpgradeRequest of(
      ClientRequest request,
      Destination to,
      @Nullable String extension,
      RandomGenerator unpredictable) {
    byte[] nonce = new byte[KEY_BYTES];
    unpredictable.nextBytes(nonce);
    String key = Base64.getEncoder().encodeToString(nonce);
    StringBuilder head = new StringBuilder(512);
    head.append("GET ").append(to.resource()).append(" HTTP/1.1\r\n");
    line(head, "Host", to.hostHeader());
    line(head, "Upgrade", "websocket");
    line(head, "Connection", "Upgrade");
    line(head, "Sec-WebSocket-Key", key);
    line(head, "Sec-WebSocket-Version", "13");
    if (!request.subprotocols().isEmpty()) {
      line(head, "Sec-WebSocket-Protocol", String.join(", ", request.subprotocols()));
    }
    if (extension != null) {
      line(head, "Sec-WebSocket-Extensions", extension);
    }
    if (!request.cookies().isEmpty()) {
      line(head, "Cookie", String.join("; ", request.cookies()));
    }
    List<String> headers = request.headers();
    for (int i = 0; i < headers.size(); i += 2) {
      line(head, headers.get(i), headers.get(i + 1));
    }
    head.append("\r\n");
    return new UpgradeRequest(key, request.subprotocols(), extension, head.toString());
  }

  private static void line(StringBuilder head, String name, String value) {
    head.append(name).append(": ").append(value).append("\r\n");
  }
}
