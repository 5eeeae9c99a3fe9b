package com.example.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.EchoHandler;
import com.example.EchoServlet;
import com.example.fixture.Client;
import com.example.fixture.DeployedWar;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** {@code docs/recipes.md}, but for TLS and mocks. */
class RecipesTest {

  private static DeployedWar application;

  @BeforeAll
  static void deploy() throws Exception {
    application =
        DeployedWar.of(
            EchoServlet.class,
            EchoHandler.class,
            RoomServlet.class,
            SeatHandler.class,
            ShopServlet.class,
            CartServlet.class,
            Cart.class);
  }

  @AfterAll
  static void stop() throws Exception {
    application.close();
  }

  @Test
  void path_parameters() throws Exception {
    try (Client client = Client.connect(application.port(), "/rooms/green%20room/7")) {
      client.send("hello");
      assertThat(client.next()).isEqualTo("hello from seat 7 of green room");
    }
    assertThatThrownBy(() -> Client.connect(application.port(), "/rooms/green"))
        .isInstanceOf(CompletionException.class);
  }

  @Test
  void session_data() throws Exception {
    try (Client client = Client.connect(application.port(), "/cart", "Cookie", cookieOfShop())) {
      client.send("what is in it?");
      assertThat(client.next()).isEqualTo("tea, jam");
    }
    assertThatThrownBy(() -> Client.connect(application.port(), "/cart"))
        .isInstanceOf(CompletionException.class);
  }

  private static String cookieOfShop() throws Exception {
    URI shop = URI.create("http://127.0.0.1:" + application.port() + "/shop");
    String cookie =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(shop).build(), BodyHandlers.discarding())
            .headers()
            .firstValue("Set-Cookie")
            .orElseThrow();
    return cookie.substring(0, cookie.indexOf(';'));
  }

  @Test
  void metrics() throws Exception {
    MeterRegistry registry = new SimpleMeterRegistry();
    WebSocketMetrics metrics = new WebSocketMetrics();
    try (Client client = Client.connect(application.port(), "/echo")) {
      client.send("one");
      client.send("two");
      assertThat(client.next() + client.next()).isEqualTo("onetwo");
      metrics.bindTo(registry);
      String servlet = EchoServlet.class.getName();
      assertThat(registry.get("websocket.connections").tag("servlet", servlet).gauge().value())
          .isEqualTo(1);
      assertThat(
              registry
                  .get("websocket.messages.received")
                  .tag("servlet", servlet)
                  .tag("context", "/")
                  .functionCounter()
                  .count())
          .isEqualTo(2);
    }
  }
}
