package com.example.migrating;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.fixture.Client;
import com.example.fixture.DeployedWar;
import com.example.migrating.spring.ServletConfiguration;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.context.ConfigurableApplicationContext;

/** What an application of another API becomes, as in {@code docs/migrating.md}. */
class MigratingTest {

  @Test
  void from_a_server_endpoint() throws Exception {
    try (DeployedWar chat = DeployedWar.of(com.example.migrating.jakarta.ChatServlet.class)) {
      try (Client elsewhere = Client.connect(chat.port(), "/chat/attic")) {
        assertTalk(chat.port(), "/chat/garden");
        elsewhere.send("alone");
        assertThat(elsewhere.next()).isEqualTo("alone");
      }
      assertThatThrownBy(() -> Client.connect(chat.port(), "/chat"))
          .isInstanceOf(CompletionException.class);
      assertTooLarge(chat.port(), "/chat/garden");
    }
  }

  @Test
  void from_spring() throws Exception {
    SpringApplication spring =
        new SpringApplication(ServletConfiguration.class, TomcatServletWebServerFactory.class);
    spring.setDefaultProperties(Map.of("server.port", 0, "spring.main.banner-mode", "off"));
    try (ConfigurableApplicationContext chat = spring.run()) {
      int port = chat.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
      assertTalk(port, "/chat");
    }
  }

  @Test
  void from_jetty() throws Exception {
    try (DeployedWar chat = DeployedWar.of(com.example.migrating.jetty.ChatServlet.class)) {
      assertTalk(chat.port(), "/chat");
      assertTooLarge(chat.port(), "/chat");
    }
  }

  private static void assertTalk(int port, String path) throws Exception {
    try (Client ann = Client.connect(port, path);
        Client bob = Client.connect(port, path)) {
      bob.send("here"); // so he has joined
      assertThat(bob.next()).isEqualTo("here");
      ann.send("hello");
      assertThat(bob.next()).isEqualTo("hello");
    }
  }

  private static void assertTooLarge(int port, String path) throws Exception {
    try (Client client = Client.connect(port, path)) {
      client.send("x".repeat(16_385));
      assertThat(client.next()).isEqualTo("closed 1009");
    }
  }
}
