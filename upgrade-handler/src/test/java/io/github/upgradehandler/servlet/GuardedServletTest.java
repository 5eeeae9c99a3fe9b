package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.servlet.RawClient.handshake;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.Guard;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.guard.AddressLimit;
import io.github.upgradehandler.guard.ClientAddress;
import io.github.upgradehandler.guard.ConnectionLimit;
import io.github.upgradehandler.guard.RateLimit;
import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testing.ClientFrames;
import io.github.upgradehandler.testing.Echo;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletChannel;
import org.eclipse.jetty.logging.StacklessLogging;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Guards before a servlet, over real connections. */
@Timeout(60)
class GuardedServletTest {

  /** An echo behind guards; the parameter {@code wish} has it fail in one way or another. */
  private static final class GuardedServlet extends WebSocketServlet {
    GuardedServlet(Guard... guards) {
      super(WebSocketConfig.builder().guards(guards).build(), GuardedServlet::answer);
    }

    private static WebSocketHandler answer(Handshake handshake) {
      String wish = handshake.parameter("wish").orElse("");
      if (wish.equals("refuse")) {
        throw new HandshakeRefusedException(403, "refused by the application");
      }
      if (wish.equals("fail")) {
        throw new IllegalStateException("as the test wants");
      }
      return new Echo();
    }

    @Override
    protected Optional<String> chooseSubprotocol(Handshake handshake) {
      return handshake.parameter("wish").filter("wrong subprotocol"::equals);
    }
  }

  private static ServletServer serve(Guard... guards) throws Exception {
    return new ServletServer(new GuardedServlet(guards), Map.of());
  }

  private static HttpReply ask(ServletServer server, String target, String... lines)
      throws IOException {
    try (RawClient client = new RawClient(server)) {
      return client.request(handshake(target, lines));
    }
  }

  @Test
  void one_connection_too_many_is_answered_503_before_the_upgrade() throws Exception {
    ConnectionLimit limit = new ConnectionLimit(1);
    try (ServletServer server = serve(limit)) {
      try (RawClient first = RawClient.opened(server)) {
        HttpReply refused = ask(server, "/socket");
        assertThat(refused.status()).isEqualTo(503);
        assertThat(refused.header("Retry-After")).containsExactly("5");
        assertThat(refused.header("Sec-WebSocket-Accept")).isEmpty();
        assertThat(refused.body().strip()).isEqualTo("Too many connections");
        first.send(ClientFrames.text("a"));
        assertThat(first.next()).hasToString("text a");
        first.reset();
      }
      Await.until("the place to be free", () -> limit.open() == 0);
      RawClient.opened(server).close();
    }
  }

  @Test
  void one_connection_too_many_from_an_address_is_answered_429() throws Exception {
    AddressLimit limit = new AddressLimit(1);
    try (ServletServer server = serve(limit)) {
      try (RawClient first = RawClient.opened(server)) {
        HttpReply refused = ask(server, "/socket", "X-Forwarded-For: 203.0.113.9");
        assertThat(refused.status()).isEqualTo(429);
        assertThat(refused.header("Retry-After")).containsExactly("5");
        first.send(ClientFrames.close(1000, ""));
        assertThat(first.next()).hasToString("close 1000");
      }
      Await.until("the address to be forgotten", () -> limit.addresses() == 0);
    }
  }

  @Test
  void behind_a_trusted_proxy_the_client_counts() throws Exception {
    AddressLimit limit = new AddressLimit(1, ClientAddress.behindProxies("127.0.0.0/8", "::1"));
    try (ServletServer server = serve(limit);
        RawClient first = new RawClient(server);
        RawClient second = new RawClient(server)) {
      assertThat(first.request(handshake("/socket", "X-Forwarded-For: 203.0.113.9")).status())
          .isEqualTo(101);
      assertThat(ask(server, "/socket", "X-Forwarded-For: 203.0.113.9").status()).isEqualTo(429);
      assertThat(second.request(handshake("/socket", "X-Forwarded-For: 203.0.113.10")).status())
          .isEqualTo(101);
      assertThat(limit.addresses()).isEqualTo(2);
    }
    assertThat(limit.addresses()).as("with the server the connections have ended").isZero();
  }

  @Test
  void a_handshake_that_comes_to_nothing_holds_no_place() throws Exception {
    ConnectionLimit inAll = new ConnectionLimit(10);
    AddressLimit perAddress = new AddressLimit(1);
    Guard refusing =
        handshake -> {
          if (handshake.parameter("wish").filter("no guard"::equals).isPresent()) {
            throw new HandshakeRefusedException(403, "refused by a guard");
          }
          return Admission.UNCONDITIONAL;
        };
    try (ServletServer server = serve(inAll, perAddress, refusing);
        StacklessLogging unused = new StacklessLogging(ServletChannel.class)) {
      assertThat(ask(server, "/socket?wish=no%20guard").status()).isEqualTo(403);
      assertThat(ask(server, "/socket?wish=refuse").status()).isEqualTo(403);
      assertThat(ask(server, "/socket?wish=fail").status()).isEqualTo(500);
      assertThat(ask(server, "/socket?wish=wrong%20subprotocol").status()).isEqualTo(500);
      assertThat(inAll.open()).isZero();
      assertThat(perAddress.addresses()).isZero();
    }
  }

  @Test
  void guards_are_not_asked_for_what_is_no_handshake() throws Exception {
    Guard failing =
        handshake -> {
          throw new AssertionError("asked");
        };
    try (ServletServer server = serve(failing);
        RawClient client = new RawClient(server)) {
      assertThat(client.request("GET /socket HTTP/1.1\r\nHost: server.test\r\n\r\n").status())
          .isEqualTo(426);
      assertThat(ask(server, "/socket", "Origin: https://evil.test").status()).isEqualTo(403);
    }
  }

  @Test
  void several_guards_bound_different_things() throws Exception {
    try (ServletServer server =
            serve(new ConnectionLimit(2), RateLimit.builder().messages(1, 2).build());
        RawClient fast = RawClient.opened(server);
        RawClient calm = RawClient.opened(server)) {
      assertThat(ask(server, "/socket").status()).isEqualTo(503);
      fast.send(ClientFrames.text("1"), ClientFrames.text("2"), ClientFrames.text("3"));
      assertThat(fast.next()).hasToString("text 1");
      assertThat(fast.next()).hasToString("text 2");
      assertThat(fast.next()).hasToString("close 1013 too fast");
      calm.send(ClientFrames.text("1"));
      assertThat(calm.next()).hasToString("text 1");
    }
  }
}
