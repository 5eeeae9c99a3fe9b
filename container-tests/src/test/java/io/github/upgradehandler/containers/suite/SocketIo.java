package io.github.upgradehandler.containers.suite;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.containers.wire.Frames;
import io.github.upgradehandler.containers.wire.JdkClient;
import io.github.upgradehandler.containers.wire.SocketClient;
import io.github.upgradehandler.containers.wire.SocketIoPolling;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Socket.IO on the wire, with the JDK's own client. */
public interface SocketIo extends Suite {

  Pattern PID = Pattern.compile("\"pid\":\"([^\"]+)\"");
  Pattern OFFSET = Pattern.compile(",\"([a-z0-9]+\\.\\d+)\"\\]$");

  private URI socketIo(String query) {
    return container().uri("socket.io/" + query);
  }

  private SocketIoPolling polling() throws Exception {
    return SocketIoPolling.open(Pages.BROWSER, socketIo(""));
  }

  private JdkClient webSocket() throws Exception {
    JdkClient client = JdkClient.connect(socketIo("?EIO=4&transport=websocket"));
    assertThat(client.text()).startsWith("0{\"sid\":\"").contains("\"upgrades\":[]");
    return client;
  }

  private HttpResponse<String> get(URI uri, String... headers) throws Exception {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return Pages.BROWSER.send(request.build(), ofString());
  }

  @Test
  default void Socket_IO_serves_its_client() throws Exception {
    URI file = socketIo("socket.io.min.js");
    HttpResponse<String> response = get(file);
    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).contains("Socket.IO v");
    String tag = response.headers().firstValue("ETag").orElseThrow();
    assertThat(get(file, "If-None-Match", tag).statusCode()).isEqualTo(304);
  }

  @Test
  default void Socket_IO_by_polling() throws Exception {
    SocketIoPolling client = polling();
    assertThat(client.opening()).contains("\"upgrades\":[\"websocket\"]");
    client.send("40/echo,");
    assertThat(client.next()).startsWith("40/echo,{\"sid\":\"");
    client.send("42/echo,1[\"echo\",\"€\",{\"a\":[1,null]}]", "42/echo,2[\"echo\"]");
    assertThat(client.next()).isEqualTo("43/echo,1[\"€\",{\"a\":[1,null]}]");
    assertThat(client.next()).isEqualTo("43/echo,2[]");
  }

  @Test
  default void Socket_IO_refuses_a_session_that_there_is_not() throws Exception {
    HttpResponse<String> response = get(socketIo("?EIO=4&transport=polling&sid=none"));
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).isEqualTo("{\"code\":1,\"message\":\"Session ID unknown\"}");
  }

  @Test
  default void Socket_IO_by_WebSocket_alone() throws Exception {
    JdkClient client = webSocket();
    client.send("40/echo,");
    assertThat(client.text()).startsWith("40/echo,{\"sid\":\"");
    client.send("42/echo,1[\"echo\",\"€\"]");
    assertThat(client.text()).isEqualTo("43/echo,1[\"€\"]");
    client.close(1000);
  }

  @Test
  default void Socket_IO_changes_from_polling_to_WebSocket() throws Exception {
    SocketIoPolling polling = polling();
    polling.send("40/echo,");
    polling.next("40/echo,");
    CompletableFuture<HttpResponse<String>> waiting = polling.poll();
    JdkClient client = JdkClient.connect(polling.upgrade());
    client.send("2probe");
    assertThat(client.text()).isEqualTo("3probe");
    assertThat(waiting.get(10, TimeUnit.SECONDS).body()).isEqualTo("6");
    client.send("5");
    client.send("42/echo,1[\"echo\",\"by WebSocket\"]");
    assertThat(client.text()).isEqualTo("43/echo,1[\"by WebSocket\"]");
    assertThat(polling.poll().get(10, TimeUnit.SECONDS).statusCode()).isEqualTo(400);
    client.close(1000);
  }

  @Test
  default void Socket_IO_attachments() throws Exception {
    String event = "451-/echo,1[\"echo\",{\"_placeholder\":true,\"num\":0}]";
    String answer = "461-/echo,1[{\"_placeholder\":true,\"num\":0}]";
    SocketIoPolling polling = polling();
    polling.send("40/echo,", event, "bAQIDBA==");
    polling.next("40/echo,");
    assertThat(polling.next()).isEqualTo(answer);
    assertThat(polling.next()).isEqualTo("bAQIDBA==");
    JdkClient client = webSocket();
    client.send("40/echo,");
    client.text();
    client.send(event);
    client.send(new byte[] {1, 2, 3, 4});
    assertThat(client.text()).isEqualTo(answer);
    assertThat(client.binary(4)).isEqualTo(new byte[] {1, 2, 3, 4});
    client.close(1000);
  }

  @Test
  default void Socket_IO_from_a_WebSocket_to_one_that_polls() throws Exception {
    SocketIoPolling polling = polling();
    polling.send("40{\"name\":\"ann\",\"rooms\":[\"rows\"]}");
    polling.next("42[\"joined\"");
    JdkClient client = webSocket();
    client.send("40{\"name\":\"bob\",\"rooms\":[\"rows\"]}");
    client.awaitTextThat(text -> text.startsWith("42[\"joined\""));
    client.send("421[\"say\",{\"room\":\"rows\",\"id\":\"1\",\"text\":\"hello\"}]");
    assertThat(polling.next("42[\"said\"")).contains("\"author\":\"bob\",\"text\":\"hello\"");
    client.awaitTextThat(text -> text.startsWith("431[{\"at\":"));
    client.close(1000);
  }

  @Test
  default void Socket_IO_heartbeat_and_disconnect() throws Exception {
    JdkClient client = webSocket();
    client.send("40/echo,");
    client.text();
    client.awaitText("2");
    client.send("3");
    client.send("42/echo,[\"bye\"]");
    client.awaitText("41/echo,");
    client.close(1000);
  }

  @Test
  default void Socket_IO_recovery() throws Exception {
    URI address = socketIo("?EIO=4&transport=websocket");
    JdkClient other = webSocket();
    other.send("40{\"name\":\"eve\",\"rooms\":[\"breaks\"]}");
    other.awaitTextThat(text -> text.startsWith("42[\"joined\""));
    String connected;
    String last;
    try (SocketClient client = SocketClient.open(address)) {
      client.write(Frames.text("40{\"name\":\"dan\",\"rooms\":[\"breaks\"]}"));
      connected = awaitText(client, "40{");
      last = awaitText(client, "42[\"joined\"");
      client.reset();
    }
    other.send("421[\"say\",{\"room\":\"breaks\",\"id\":\"1\",\"text\":\"missed\"}]");
    other.awaitTextThat(text -> text.startsWith("431["));
    try (SocketClient client = SocketClient.open(address)) {
      String auth = "{\"pid\":\"" + only(PID, connected) + "\",\"offset\":\"" + only(OFFSET, last);
      client.write(Frames.text("40" + auth + "\"}"));
      assertThat(awaitText(client, "42[\"said\"")).contains("\"text\":\"missed\"");
      assertThat(awaitText(client, "40{")).isEqualTo(connected);
    }
    other.close(1000);
  }

  /** Passes over what begins otherwise. */
  private static String awaitText(SocketClient client, String beginning) throws Exception {
    String text = client.readAnsweringPings().text();
    while (!text.startsWith(beginning)) {
      text = client.readAnsweringPings().text();
    }
    return text;
  }

  private static String only(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    if (!matcher.find()) {
      throw new AssertionError("no " + pattern + " in " + text);
    }
    return matcher.group(1);
  }
}
