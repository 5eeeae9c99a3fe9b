package com.example.cdi;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.fixture.Client;
import com.example.fixture.DeployedWar;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code docs/cdi.md}. */
class CdiTest {

  private static DeployedWar application;

  @BeforeAll
  static void deploy() throws Exception {
    application =
        DeployedWar.withCdi(
            ChatServlet.class,
            WithoutContextServlet.class,
            ChatHandler.class,
            Greetings.class,
            Visit.class);
  }

  @AfterAll
  static void stop() throws Exception {
    application.close();
  }

  @Test
  void a_servlet_and_its_handler_are_injected_and_a_request_scope_lasts_for_one_call()
      throws Exception {
    try (Client client = Client.connect(application.port(), "/chat")) {
      for (int call = 0; call < 2; call++) {
        client.send("ann");
        assertThat(client.next()).isEqualTo("hello ann, visit 1");
      }
    }
  }

  @Test
  void a_handler_has_no_request_scope_by_itself() throws Exception {
    try (Client client = Client.connect(application.port(), "/without")) {
      client.send("ann");
      assertThat(client.next()).isEqualTo("no request scope");
    }
  }
}
