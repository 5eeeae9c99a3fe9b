package io.github.upgradehandler.sample.inspector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.sample.events.EventClient;
import io.github.upgradehandler.sample.events.EventServer;
import java.net.URI;
import java.net.http.WebSocketHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The inspector as another client sees it on the wire. */
class InspectorServletTest {

  private EventServer server;

  @BeforeEach
  void start() throws Exception {
    server = new EventServer(new InspectorServlet());
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private EventClient inspected(String key) throws Exception {
    return new EventClient(URI.create(server.uri() + "?shown-to=" + key));
  }

  private static String key(EventClient onlooker) throws Exception {
    String welcome = onlooker.next();
    assertThat(welcome).matches("\\{\"type\":\"welcome\",\"data\":\\{\"key\":\"[0-9a-f]{24}\"}}");
    return welcome.replaceFirst(".*\"key\":\"(\\w+)\".*", "$1");
  }

  @Test
  void an_onlooker_is_shown_the_frames_of_an_echo() throws Exception {
    try (EventClient onlooker = new EventClient(server.uri());
        EventClient echo = inspected(key(onlooker))) {
      assertThat(onlooker.next()).startsWith("{\"type\":\"opened\"");
      echo.send("hi");
      assertThat(echo.next()).isEqualTo("hi");
      assertThat(onlooker.next())
          .contains("\"type\":\"frame\"", "\"received\":true,\"fin\":true,\"reserved\":0")
          .contains("\"opcode\":1,\"masked\":true,\"length\":2,\"start\":\"6869\"");
      assertThat(onlooker.next())
          .contains("\"received\":false,\"fin\":true,\"reserved\":0")
          .contains("\"opcode\":1,\"masked\":false,\"length\":2,\"start\":\"6869\"");
      echo.close();
      assertThat(onlooker.next()).startsWith("{\"type\":\"closed\"");
    }
  }

  @Test
  void a_key_is_its_onlookers_alone() throws Exception {
    try (EventClient one = new EventClient(server.uri());
        EventClient other = new EventClient(server.uri())) {
      assertThat(key(one)).isNotEqualTo(key(other));
      assertThatThrownBy(() -> inspected("guessed"))
          .hasCauseInstanceOf(WebSocketHandshakeException.class);
    }
  }
}
