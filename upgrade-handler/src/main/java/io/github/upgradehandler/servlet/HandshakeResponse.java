package io.github.upgradehandler.servlet;

import io.github.upgradehandler.Acceptance;
import io.github.upgradehandler.internal.deflate.PermessageDeflate;
import io.github.upgradehandler.internal.protocol.ParsedOpening;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The response to a handshake that is accepted (RFC 6455 section 4.2.2). */
final class HandshakeResponse {

  private HandshakeResponse() {}

  /** Writes the head; some containers add none of it themselves. */
  static void write(
      HttpServletResponse response,
      ParsedOpening opening,
      @Nullable String subprotocol,
      PermessageDeflate.@Nullable Agreement compression,
      List<Acceptance.Header> more) {
    response.resetBuffer();
    response.setContentLengthLong(-1); // a filter's own would be of the connection's bytes
    response.setStatus(HttpServletResponse.SC_SWITCHING_PROTOCOLS);
    response.setHeader("Upgrade", "websocket");
    response.setHeader("Connection", "Upgrade");
    response.setHeader("Sec-WebSocket-Accept", opening.acceptKey());
    if (subprotocol != null) {
      response.setHeader("Sec-WebSocket-Protocol", subprotocol);
    }
    if (compression != null) {
      response.setHeader("Sec-WebSocket-Extensions", compression.header());
    }
    more.forEach(header -> response.addHeader(header.name(), header.value()));
  }
}
