package com.example.news;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.fixture.OneServlet;
import io.github.upgradehandler.PreparedMessage;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** {@code docs/server-sent-events.md}. */
class NewsTest {

  private static HttpRequest request(OneServlet server) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/"))
        .header("Accept", "text/event-stream")
        .build();
  }

  @Test
  void what_is_sent_to_the_room_is_streamed() throws Exception {
    try (OneServlet server = OneServlet.start(new NewsServlet())) {
      HttpResponse<java.io.InputStream> stream =
          HttpClient.newHttpClient().send(request(server), BodyHandlers.ofInputStream());
      assertThat(stream.statusCode()).isEqualTo(200);
      News.ROOMS.room("news").send(PreparedMessage.text("rain"));
      try (BufferedReader lines =
          new BufferedReader(new InputStreamReader(stream.body(), StandardCharsets.UTF_8))) {
        assertThat(lines.lines().filter(line -> line.startsWith("data:")).findFirst())
            .hasValue("data:rain");
      }
    }
  }

  @Test
  void guards_refuse_who_has_not_signed_in() throws Exception {
    try (OneServlet server = OneServlet.start(new GuardedNewsServlet())) {
      assertThat(
              HttpClient.newHttpClient()
                  .send(request(server), BodyHandlers.discarding())
                  .statusCode())
          .isEqualTo(401);
    }
  }
}
