package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.servlet.RawClient.handshake;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.SubprotocolHandlers;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletChannel;
import org.eclipse.jetty.logging.StacklessLogging;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** RFC 6455 section 4.2.2 item 5.5. */
@Timeout(60)
class SubprotocolTest {

  /** Tells the client what was agreed on. */
  private static final class Teller implements WebSocketHandler {
    @Override
    public void onOpen(WebSocket socket) {
      socket.sendText(socket.subprotocol().orElse("none") + socket.handshake().subprotocols());
    }
  }

  private static void assertAgreed(ServletServer server, String offer, String header, String told)
      throws IOException {
    try (RawClient client = new RawClient(server)) {
      HttpReply reply =
          client.request(
              offer.isEmpty()
                  ? handshake("/socket")
                  : handshake("/socket", "Sec-WebSocket-Protocol: " + offer));
      assertThat(reply.status()).isEqualTo(101);
      if (header.isEmpty()) {
        assertThat(reply.header("Sec-WebSocket-Protocol")).isEmpty();
      } else {
        assertThat(reply.header("Sec-WebSocket-Protocol")).containsExactly(header);
      }
      assertThat(client.next()).hasToString("text " + told);
    }
  }

  @Test
  void the_server_s_first_that_the_client_offers_is_chosen() throws Exception {
    try (ServletServer server =
        new ServletServer(handshake -> new Teller(), Map.of("subprotocols", "v2.chat, v1.chat"))) {
      assertAgreed(server, "v1.chat, v2.chat", "v2.chat", "v2.chat[v1.chat, v2.chat]");
      assertAgreed(server, "v1.chat", "v1.chat", "v1.chat[v1.chat]");
      assertAgreed(
          server, "a\r\nSec-WebSocket-Protocol: v1.chat", "v1.chat", "v1.chat[a, v1.chat]");
      assertAgreed(server, "V1.CHAT", "", "none[V1.CHAT]");
      assertAgreed(server, "other", "", "none[other]");
      assertAgreed(server, "", "", "none[]");
    }
  }

  @Test
  void an_application_may_choose_otherwise() throws Exception {
    WebSocketServlet last =
        new WebSocketServlet(handshake -> new Teller()) {
          @Override
          protected Optional<String> chooseSubprotocol(Handshake handshake) {
            return handshake.subprotocols().stream().reduce((first, second) -> second);
          }
        };
    try (ServletServer server = new ServletServer(last, Map.of())) {
      assertAgreed(server, "a, b, c", "c", "c[a, b, c]");
    }
  }

  @Test
  void each_may_have_its_handler() throws Exception {
    WebSocketServlet servlet =
        new WebSocketServlet(
            SubprotocolHandlers.of("v2.chat", handshake -> new Teller())
                .and("v1.chat", handshake -> new Teller()));
    try (ServletServer server = new ServletServer(servlet, Map.of())) {
      assertAgreed(server, "v1.chat, v2.chat", "v2.chat", "v2.chat[v1.chat, v2.chat]");
      try (RawClient client = new RawClient(server)) {
        HttpReply reply = client.request(handshake("/socket", "Sec-WebSocket-Protocol: other"));
        assertThat(reply.status()).isEqualTo(400);
      }
    }
  }

  @Test
  void one_that_the_client_does_not_offer_is_the_application_s_mistake() throws Exception {
    WebSocketServlet wrong =
        new WebSocketServlet(handshake -> new Teller()) {
          @Override
          protected Optional<String> chooseSubprotocol(Handshake handshake) {
            return Optional.of("mine");
          }
        };
    try (var unused = new StacklessLogging(ServletChannel.class);
        ServletServer server = new ServletServer(wrong, Map.of());
        RawClient client = new RawClient(server)) {
      HttpReply reply = client.request(handshake("/socket", "Sec-WebSocket-Protocol: theirs"));
      assertThat(reply.status()).isEqualTo(500);
      assertThat(reply.header("Sec-WebSocket-Accept")).isEmpty();
    }
  }
}
