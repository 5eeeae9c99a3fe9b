package io.github.upgradehandler.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.socketio.testing.TestApplication;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The client's files, where pages look for them. */
class ClientFilesTest {

  private static HttpResponse<String> get(TestApplication application, String name, String known)
      throws Exception {
    URI address = URI.create("http://127.0.0.1:" + application.port() + "/socket.io/" + name);
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(address).header("If-None-Match", known).build(),
            HttpResponse.BodyHandlers.ofString());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "socket.io.js",
        "socket.io.min.js",
        "socket.io.esm.min.js",
        "socket.io.msgpack.min.js"
      })
  void eachIsServedWithItsMap(String name) throws Exception {
    try (TestApplication application = new TestApplication(io -> {})) {
      HttpResponse<String> file = get(application, name, "\"4.0.0\"");
      assertThat(file.statusCode()).isEqualTo(200);
      assertThat(file.headers().firstValue("ETag")).contains("\"4.8.4\"");
      assertThat(file.headers().firstValue("Content-Type").orElseThrow())
          .startsWith("application/javascript");
      assertThat(file.body()).contains("Socket.IO v4.8.4", "Released under the MIT License");
      assertThat(get(application, name + ".map", "\"4.0.0\"").body()).startsWith("{");
      assertThat(get(application, name, "W/\"4.8.4\"").statusCode()).isEqualTo(304);
    }
  }

  @Test
  void anotherFileIsARequestOfTheProtocol() throws Exception {
    try (TestApplication application = new TestApplication(io -> {})) {
      assertThat(get(application, "other.js", "\"\"").body()).contains("Transport unknown");
    }
  }

  @Test
  void theyAreNotServedIfThatIsNotWanted() throws Exception {
    SocketIoConfig config = SocketIoConfig.builder().serveClient(false).build();
    try (TestApplication application = new TestApplication(config, io -> {})) {
      assertThat(get(application, "socket.io.js", "\"\"").statusCode()).isEqualTo(400);
    }
  }
}
