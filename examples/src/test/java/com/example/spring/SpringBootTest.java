package com.example.spring;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.fixture.Client;
import com.example.springjetty.JettyConfiguration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration;
import org.springframework.boot.jetty.servlet.JettyServletWebServerFactory;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

/** {@code docs/spring.md}, with each of the servers that Spring Boot has. */
@ParameterizedClass(name = "{0}")
@EnumSource
record SpringBootTest(Server server) {

  /** Both are on the class path: one of them is left out. */
  enum Server {
    TOMCAT(JettyServletWebServerAutoConfiguration.class, ChatApplication.class),
    JETTY(
        TomcatServletWebServerAutoConfiguration.class,
        ChatApplication.class,
        JettyConfiguration.class);

    private final Class<?> leftOut;
    private final Class<?>[] sources;

    Server(Class<?> leftOut, Class<?>... sources) {
      this.leftOut = leftOut;
      this.sources = sources;
    }

    ConfigurableApplicationContext start() {
      SpringApplication spring = new SpringApplication(sources);
      spring.setDefaultProperties(
          Map.of(
              "server.port",
              0,
              "spring.main.banner-mode",
              "off",
              "spring.autoconfigure.exclude",
              leftOut.getName()));
      return spring.run();
    }
  }

  private static ConfigurableApplicationContext application;
  private static int port;

  @BeforeParameterizedClassInvocation
  static void start(Server server) {
    application = server.start();
    port = application.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
  }

  @AfterParameterizedClassInvocation
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

  @Test
  void the_server_is_the_one_that_is_meant() {
    assertThat(application.getBeansOfType(JettyServletWebServerFactory.class))
        .hasSize(server == Server.JETTY ? 1 : 0);
  }
}
