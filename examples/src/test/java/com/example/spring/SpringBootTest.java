package com.example.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.fixture.Client;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;

/** {@code docs/spring.md}. */
class SpringBootTest {

  private static ConfigurableApplicationContext application;
  private static int port;

  @BeforeAll
  static void start() {
    SpringApplication spring = new SpringApplication(ChatApplication.class);
    spring.setDefaultProperties(Map.of("server.port", 0, "spring.main.banner-mode", "off"));
    application = spring.run();
    port = application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  @AfterAll
  static void stop() {
    application.close();
  }

  @Test
  void a_registration_bean_serves_a_handler_with_what_it_is_given() throws Exception {
    try (Client ann = Client.connect(port, "/chat");
        Client bob = Client.connect(port, "/chat")) {
      assertThat(ann.next()).isEqualTo("welcome");
      assertThat(bob.next()).isEqualTo("welcome");
      ann.send("x".repeat(100_000));
      assertThat(bob.next()).hasSize(100_000);
    }
  }

  @Test
  void a_controller_upgrades_with_its_path_variable() throws Exception {
    try (Client client = Client.connect(port, "/rooms/garden")) {
      client.send("hello");
      assertThat(client.next()).isEqualTo("garden: hello");
    }
  }
}
