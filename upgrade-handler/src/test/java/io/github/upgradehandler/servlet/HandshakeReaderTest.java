package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.servlet.RawClient.handshake;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.testing.Echo;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
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

/** What is kept of the request. */
@Timeout(60)
class HandshakeReaderTest {

  private final BlockingQueue<Handshake> handshakes = new LinkedBlockingQueue<>();

  /** Gives the session that was there, or makes one. */
  private static final class Login extends HttpServlet {
    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) {
      response.setHeader("Session-Id", request.getSession().getId());
      response.setContentLength(0);
    }
  }

  private ServletServer server() throws Exception {
    WebSocketServlet servlet =
        new WebSocketServlet(
            handshake -> {
              handshakes.add(handshake);
              return new Echo();
            });
    return new ServletServer(servlet, Map.of(), HandshakeReaderTest::addMore);
  }

  private static void addMore(ServletContextHandler context) {
    context.addServlet(new ServletHolder(new Login()), "/login");
    HashLoginService users = new HashLoginService("test");
    UserStore store = new UserStore();
    store.addUser("ada", Credential.getCredential("lovelace"), new String[] {"user"});
    users.setUserStore(store);
    ConstraintMapping mapping = new ConstraintMapping();
    mapping.setPathSpec("/secure/*");
    mapping.setConstraint(Constraint.from("user"));
    ConstraintSecurityHandler security = new ConstraintSecurityHandler();
    security.setLoginService(users);
    security.setAuthenticator(new BasicAuthenticator());
    security.addConstraintMapping(mapping);
    context.setSecurityHandler(security);
    context.getServletHandler().getServlet("socket").setAsyncSupported(true);
    org.eclipse.jetty.ee10.servlet.ServletMapping secure =
        new org.eclipse.jetty.ee10.servlet.ServletMapping();
    secure.setServletName("socket");
    secure.setPathSpec("/secure/socket");
    context.getServletHandler().addServletMapping(secure);
  }

  private Handshake taken() throws InterruptedException {
    return handshakes.poll(20, TimeUnit.SECONDS);
  }

  @Test
  void it_holds_path_query_parameters_headers_cookies_and_address() throws Exception {
    try (ServletServer server = server();
        RawClient client = new RawClient(server)) {
      client.request(
          handshake(
              "/socket?room=a%20b&room=c&empty=",
              "X-Many: one",
              "x-many: two",
              "Origin: http://server.test",
              "Sec-WebSocket-Protocol: a, b",
              "Cookie: name=value; other=x=y; name=second"));
      Handshake handshake = taken();
      client.send(io.github.upgradehandler.testing.ClientFrames.text("the request is over"));
      client.next();
      assertThat(handshake.path()).isEqualTo("/socket");
      assertThat(handshake.query()).contains("room=a%20b&room=c&empty=");
      assertThat(handshake.parameter("room")).contains("a b");
      assertThat(handshake.parameters())
          .isEqualTo(Map.of("room", List.of("a b", "c"), "empty", List.of("")));
      assertThat(handshake.header("X-MANY")).contains("one");
      assertThat(handshake.headers("X-Many")).containsExactly("one", "two");
      assertThat(handshake.header("absent")).isEmpty();
      assertThat(handshake.origin()).contains("http://server.test");
      assertThat(handshake.subprotocols()).containsExactly("a", "b");
      assertThat(handshake.cookie("name")).contains("value");
      assertThat(handshake.cookie("other")).contains("x=y");
      assertThat(handshake.cookie("absent")).isEmpty();
      assertThat(handshake.remoteAddress().getHostString()).isEqualTo("127.0.0.1");
      assertThat(handshake.remoteAddress().getPort()).isEqualTo(client.localPort());
      assertThat(handshake.isSecure()).isFalse();
      assertThat(handshake.principal()).isEmpty();
      assertThat(handshake.sessionId()).isEmpty();
    }
  }

  @Test
  void it_makes_no_session_and_names_the_one_that_is_there() throws Exception {
    try (ServletServer server = server();
        RawClient browser = new RawClient(server);
        RawClient client = new RawClient(server)) {
      HttpReply login = browser.request("GET /login HTTP/1.1\r\nHost: server.test\r\n\r\n");
      String cookie = login.header("Set-Cookie").get(0).replaceAll(";.*", "");
      HttpReply reply = client.request(handshake("/socket", "Cookie: " + cookie));
      assertThat(reply.status()).isEqualTo(101);
      assertThat(taken().sessionId()).isEqualTo(login.header("Session-Id").stream().findFirst());
    }
  }

  @Test
  void security_constraints_apply_and_the_principal_is_known() throws Exception {
    String credentials = Base64.getEncoder().encodeToString("ada:lovelace".getBytes(UTF_8));
    try (ServletServer server = server();
        RawClient stranger = new RawClient(server);
        RawClient client = new RawClient(server)) {
      assertThat(stranger.request(handshake("/secure/socket")).status()).isEqualTo(401);
      assertThat(handshakes).isEmpty();
      HttpReply reply =
          client.request(handshake("/secure/socket", "Authorization: Basic " + credentials));
      assertThat(reply.status()).isEqualTo(101);
      Handshake handshake = taken();
      assertThat(handshake.principal()).map(Principal::getName).contains("ada");
      assertThat(handshake.path()).isEqualTo("/secure/socket");
    }
  }
}
