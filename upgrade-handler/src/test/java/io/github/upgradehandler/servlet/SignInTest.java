package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.servlet.RawClient.handshake;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.example.ContainerSecurityServlet;
import io.github.upgradehandler.example.FirstMessageServlet;
import io.github.upgradehandler.example.LoginServlet;
import io.github.upgradehandler.example.QueryTokenServlet;
import io.github.upgradehandler.example.SessionServlet;
import io.github.upgradehandler.example.SubprotocolTokenServlet;
import io.github.upgradehandler.example.TicketOffice;
import io.github.upgradehandler.example.TicketServlet;
import io.github.upgradehandler.guard.Tickets;
import io.github.upgradehandler.testing.CapturedLog;
import io.github.upgradehandler.testing.ClientFrames;
import java.io.IOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.servlet.security.ConstraintMapping;
import org.eclipse.jetty.ee10.servlet.security.ConstraintSecurityHandler;
import org.eclipse.jetty.security.Constraint;
import org.eclipse.jetty.security.HashLoginService;
import org.eclipse.jetty.security.UserStore;
import org.eclipse.jetty.security.authentication.BasicAuthenticator;
import org.eclipse.jetty.util.security.Credential;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Every way of signing in, by the servlets in {@code example}. */
@Timeout(60)
class SignInTest {

  private static HttpReply ask(ServletServer server, String target, String... lines)
      throws IOException {
    try (RawClient client = new RawClient(server)) {
      return client.request(handshake(target, lines));
    }
  }

  /** A scheme is named where it is the one that would let the client in, and nowhere else. */
  private static void assertRefused(HttpReply reply, String... schemes) {
    assertThat(reply.status()).isEqualTo(401);
    assertThat(reply.header("WWW-Authenticate")).containsExactly(schemes);
    assertThat(reply.header("Sec-WebSocket-Accept")).isEmpty();
  }

  private static void assertGreeted(ServletServer server, String target, String... lines)
      throws IOException {
    try (RawClient client = new RawClient(server)) {
      assertThat(client.request(handshake(target, lines)).status()).isEqualTo(101);
      assertThat(client.next()).hasToString("text hello ann");
    }
  }

  // Container security

  private static void protect(ServletContextHandler context) {
    UserStore users = new UserStore();
    users.addUser("ann", Credential.getCredential("secret"), new String[] {"user"});
    HashLoginService login = new HashLoginService("chat");
    login.setUserStore(users);
    ConstraintMapping socket = new ConstraintMapping();
    socket.setPathSpec("/socket");
    socket.setConstraint(Constraint.from("user"));
    ConstraintSecurityHandler security = new ConstraintSecurityHandler();
    security.setAuthenticator(new BasicAuthenticator());
    security.setLoginService(login);
    security.addConstraintMapping(socket);
    context.setSecurityHandler(security);
  }

  private static String basic(String credentials) {
    return "Authorization: Basic "
        + Base64.getEncoder().encodeToString(credentials.getBytes(UTF_8));
  }

  @Test
  void container_security() throws Exception {
    try (ServletServer server =
        new ServletServer(new ContainerSecurityServlet(), Map.of(), SignInTest::protect)) {
      assertRefused(ask(server, "/socket"), "Basic realm=\"chat\"");
      assertRefused(ask(server, "/socket", basic("ann:guess")), "Basic realm=\"chat\"");
      assertGreeted(server, "/socket", basic("ann:secret"));
    }
  }

  @Test
  void container_security_that_is_not_configured_lets_nobody_in() throws Exception {
    try (ServletServer server = new ServletServer(new ContainerSecurityServlet(), Map.of())) {
      assertRefused(ask(server, "/socket", basic("ann:secret")));
    }
  }

  // HTTP session

  private static void addLogin(ServletContextHandler context) {
    context.addServlet(new ServletHolder(new LoginServlet()), "/login");
  }

  private static HttpReply request(ServletServer server, String method, String target, String line)
      throws IOException {
    try (RawClient client = new RawClient(server)) {
      return client.request(
          method
              + " "
              + target
              + " HTTP/1.1\r\nHost: server.test\r\nContent-Length: 0\r\nConnection: close\r\n"
              + line
              + "\r\n\r\n");
    }
  }

  /** Signs in, and gives the header with the session's cookie. */
  private static String cookieOfAnn(ServletServer server) throws IOException {
    HttpReply reply =
        request(server, "POST", "/login?name=ann&password=secret", "Accept: text/plain");
    assertThat(reply.status()).isEqualTo(200);
    String last = reply.header("Set-Cookie").get(reply.header("Set-Cookie").size() - 1);
    return "Cookie: " + last.substring(0, last.indexOf(';'));
  }

  @Test
  void http_session() throws Exception {
    try (ServletServer server =
        new ServletServer(new SessionServlet(), Map.of(), SignInTest::addLogin)) {
      assertRefused(ask(server, "/socket"));
      assertRefused(ask(server, "/socket", "Cookie: JSESSIONID=guess"));
      assertThat(request(server, "POST", "/login?name=ann&password=guess", "Accept: */*").status())
          .isEqualTo(401);
      assertGreeted(server, "/socket", cookieOfAnn(server));
    }
  }

  @Test
  void R16_the_end_of_the_http_session_closes_its_connections_and_no_others() throws Exception {
    try (ServletServer server =
            new ServletServer(new SessionServlet(), Map.of(), SignInTest::addLogin);
        RawClient one = new RawClient(server);
        RawClient two = new RawClient(server);
        RawClient elsewhere = new RawClient(server)) {
      String cookie = cookieOfAnn(server);
      assertThat(one.request(handshake("/socket", cookie)).status()).isEqualTo(101);
      assertThat(two.request(handshake("/socket", cookie)).status()).isEqualTo(101);
      assertThat(elsewhere.request(handshake("/socket", cookieOfAnn(server))).status())
          .isEqualTo(101);
      for (RawClient client : new RawClient[] {one, two}) { // a session may end before they open
        assertThat(client.next()).hasToString("text hello ann");
      }
      assertThat(request(server, "DELETE", "/login", cookie).status()).isEqualTo(200);
      for (RawClient client : new RawClient[] {one, two}) {
        assertThat(client.next()).hasToString("close 1008 session ended");
      }
      assertThat(elsewhere.next()).hasToString("text hello ann");
      elsewhere.send(ClientFrames.text("still here"));
      assertThat(elsewhere.next()).hasToString("text heard still here");
      assertRefused(ask(server, "/socket", cookie));
    }
  }

  @Test
  void without_the_option_connections_outlive_the_session() throws Exception {
    try (ServletServer server =
            new ServletServer(
                new SessionServlet(), Map.of("closeWithSession", "false"), SignInTest::addLogin);
        RawClient client = new RawClient(server)) {
      String cookie = cookieOfAnn(server);
      assertThat(client.request(handshake("/socket", cookie)).status()).isEqualTo(101);
      assertThat(client.next()).hasToString("text hello ann");
      request(server, "DELETE", "/login", cookie);
      client.send(ClientFrames.text("still here"));
      assertThat(client.next()).hasToString("text heard still here");
    }
  }

  // Token in the query

  @Test
  void token_in_the_query() throws Exception {
    try (ServletServer server = new ServletServer(new QueryTokenServlet(), Map.of())) {
      assertRefused(ask(server, "/socket"), "Bearer");
      assertRefused(ask(server, "/socket?token=token-of-bob"), "Bearer");
      assertGreeted(server, "/socket?token=token-of-ann");
    }
  }

  @Test
  void a_token_in_the_query_is_not_logged() throws Exception {
    Logger library = Logger.getLogger("io.github.upgradehandler");
    library.setLevel(Level.ALL);
    try (CapturedLog log = new CapturedLog();
        ServletServer server = new ServletServer(new QueryTokenServlet(), Map.of());
        RawClient client = new RawClient(server)) {
      assertRefused(ask(server, "/socket?token=token-of-bob"), "Bearer");
      assertThat(client.request(handshake("/socket?token=token-of-ann")).status()).isEqualTo(101);
      client.send(ClientFrames.hex("83 80 00000000")); // a reserved opcode: something to log
      assertThat(client.next()).hasToString("text hello ann");
      assertThat(client.next().closeCode()).isEqualTo(1002);
      assertThat(log.messages()).isNotEmpty().noneMatch(message -> message.contains("token-of"));
    } finally {
      library.setLevel(null);
    }
  }

  // Token as a subprotocol

  @Test
  void token_as_a_subprotocol() throws Exception {
    try (ServletServer server = new ServletServer(new SubprotocolTokenServlet(), Map.of())) {
      assertRefused(ask(server, "/socket"), "Bearer");
      assertRefused(ask(server, "/socket", "Sec-WebSocket-Protocol: chat"), "Bearer");
      assertRefused(
          ask(server, "/socket", "Sec-WebSocket-Protocol: chat, bearer.token-of-bob"), "Bearer");
      try (RawClient client = new RawClient(server)) {
        HttpReply reply =
            client.request(
                handshake("/socket", "Sec-WebSocket-Protocol: chat, bearer.token-of-ann"));
        assertThat(reply.status()).isEqualTo(101);
        assertThat(reply.header("Sec-WebSocket-Protocol")).containsExactly("chat");
        assertThat(client.next()).hasToString("text hello ann");
      }
    }
  }

  // Single-use ticket

  @Test
  void single_use_ticket() throws Exception {
    Tickets tickets = new Tickets(Duration.ofSeconds(30));
    try (ServletServer server =
        new ServletServer(
            new TicketServlet(tickets),
            Map.of(),
            context -> {
              addLogin(context);
              context.addServlet(new ServletHolder(new TicketOffice(tickets)), "/ticket");
            })) {
      assertThat(request(server, "POST", "/ticket", "Accept: */*").status()).isEqualTo(401);
      assertRefused(ask(server, "/socket?ticket=guess"), "Bearer");
      HttpReply reply = request(server, "POST", "/ticket", cookieOfAnn(server));
      assertThat(reply.status()).isEqualTo(200);
      String address = "/socket?ticket=" + reply.body();
      assertGreeted(server, address);
      assertRefused(ask(server, address), "Bearer");
    }
  }

  // First message

  @Test
  void first_message() throws Exception {
    try (ServletServer server = new ServletServer(new FirstMessageServlet(), Map.of());
        RawClient ann = RawClient.opened(server);
        RawClient wrong = RawClient.opened(server);
        RawClient silent = RawClient.opened(server)) {
      ann.send(ClientFrames.text("token-of-ann"), ClientFrames.text("news"));
      assertThat(ann.next()).hasToString("text hello ann");
      assertThat(ann.next()).hasToString("text heard news");
      wrong.send(ClientFrames.text("token-of-bob"), ClientFrames.text("news"));
      assertThat(wrong.next()).hasToString("close 1008 sign-in refused");
      assertThat(silent.next()).hasToString("close 1008 sign-in took too long");
      silent.answerClose(1008);
      ann.send(ClientFrames.text("more"));
      assertThat(ann.next()).hasToString("text heard more");
    }
  }
}
