package io.github.upgradehandler.runner.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.runner.RunnerProcess;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Two runners that share chat, talk and notifications by one Redis. */
@Tag("external")
@Timeout(60)
class RedisIT {

  private static final int LIMIT_SECONDS = 20;
  private static final int RETURNS = 6;
  private static final Pattern POSITION = Pattern.compile("\"position\":\"([^\"]+)\"");
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir private static Path temporary;

  private static String redisUri;
  private static ChildProcess redis;
  private static RunnerProcess one;
  private static RunnerProcess two;
  private static URI first;
  private static URI second;

  @BeforeAll
  static void start() throws Exception {
    int port = freePort();
    CompletableFuture<Void> ready = new CompletableFuture<>();
    redis =
        ChildProcess.start(
            new ProcessBuilder(
                "redis-server",
                "--bind",
                "127.0.0.1",
                "--port",
                Integer.toString(port),
                "--save",
                ""),
            (process, line) -> {
              if (line.contains("Ready to accept connections")) {
                ready.complete(null);
              }
            });
    ready.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    redisUri = "redis://127.0.0.1:" + port;
    one = runner(redisUri);
    first = one.uri();
    two = runner(redisUri);
    second = two.uri();
  }

  private static RunnerProcess runner(String redis) throws Exception {
    return RunnerProcess.start(temporary, "--port", "0", "--redis", redis);
  }

  private static int freePort() throws Exception {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  @AfterAll
  static void stop() {
    for (AutoCloseable process : new AutoCloseable[] {one, two, redis}) {
      close(process);
    }
  }

  private static void close(AutoCloseable process) {
    try {
      if (process != null) {
        process.close();
      }
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static WebSocket connect(URI node, String path, Received received) throws Exception {
    return CLIENT
        .newWebSocketBuilder()
        .buildAsync(URI.create(node.resolve(path).toString().replaceFirst("http", "ws")), received)
        .get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private static void send(WebSocket socket, String message) throws Exception {
    socket.sendText(message.replace('\'', '"'), true).get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private static void say(WebSocket socket, String room, String text) throws Exception {
    send(socket, "{'type':'say','data':{'room':'" + room + "','text':'" + text + "'}}");
  }

  /** The next message with these words; those before it are passed over. */
  private static String await(Received received, String words) throws Exception {
    String message = received.nextText();
    while (!message.contains(words)) {
      message = received.nextText();
    }
    return message;
  }

  private static void awaitJoined(Received received) throws Exception {
    await(received, "\"joined\",\"data\":{\"room\"");
  }

  /** A node lists the rooms that it has users in. */
  private static void awaitHasUsers(URI node, String room) throws Exception {
    Received received = new Received();
    WebSocket socket = connect(node, "rooms/socket?name=looking", received);
    await(received, "\"" + room + "\",\"users\"");
    socket.abort();
  }

  private static String position(String message) {
    Matcher matcher = POSITION.matcher(message);
    assertThat(matcher.find()).as(message).isTrue();
    return matcher.group(1);
  }

  private static int notify(URI node, String text) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(node.resolve("notifications/list"))
            .POST(BodyPublishers.ofString(text))
            .build();
    return CLIENT.send(request, BodyHandlers.discarding()).statusCode();
  }

  @Test
  void a_line_said_on_one_is_seen_on_the_other() throws Exception {
    Received ann = new Received();
    Received bob = new Received();
    WebSocket annSocket = connect(first, "rooms/socket?name=ann", ann);
    WebSocket bobSocket = connect(second, "rooms/socket?name=bob", bob);
    send(annSocket, "{'type':'join','data':{'room':'both'}}");
    send(bobSocket, "{'type':'join','data':{'room':'both'}}");
    awaitJoined(ann);
    awaitJoined(bob);
    say(annSocket, "both", "hello");
    assertThat(await(bob, "said")).contains("\"author\":\"ann\"", "\"hello\"");
    say(bobSocket, "both", "good day");
    assertThat(await(ann, "good day")).contains("\"author\":\"bob\"");
    annSocket.abort();
    bobSocket.abort();
  }

  @Test
  void who_is_on_one_is_seen_on_the_other() throws Exception {
    Received ann = new Received();
    Received bob = new Received();
    WebSocket annSocket = connect(first, "rooms/socket?name=ann", ann);
    WebSocket bobSocket = connect(second, "rooms/socket?name=bob", bob);
    send(annSocket, "{'type':'join','data':{'room':'people'}}");
    awaitJoined(ann);
    send(bobSocket, "{'type':'join','data':{'room':'people'}}");
    assertThat(await(ann, "\"joined\":\"bob\"")).contains("\"users\":[\"ann\",\"bob\"]");
    await(bob, "\"users\":[\"ann\",\"bob\"]");
    send(annSocket, "{'type':'typing','data':{'room':'people'}}");
    await(bob, "\"typing\"");
    annSocket.abort();
    assertThat(await(bob, "\"left\":\"ann\"")).contains("\"users\":[\"bob\"]");
    bobSocket.abort();
  }

  @Test
  void who_comes_back_to_the_other_node_misses_nothing() throws Exception {
    Received ann = new Received();
    Received bob = new Received();
    WebSocket annSocket = connect(first, "rooms/socket?name=ann", ann);
    WebSocket bobSocket = connect(first, "rooms/socket?name=bob", bob);
    send(annSocket, "{'type':'join','data':{'room':'away'}}");
    send(bobSocket, "{'type':'join','data':{'room':'away'}}");
    awaitJoined(ann);
    awaitJoined(bob);
    say(annSocket, "away", "line 1");
    String seen = position(await(bob, "line 1"));
    bobSocket.abort();
    for (int line = 2; line <= 60; line++) {
      say(annSocket, "away", "line " + line);
    }
    await(ann, "line 60");
    Received back = new Received();
    WebSocket backSocket = connect(second, "rooms/socket?name=bob", back);
    send(backSocket, "{'type':'join','data':{'room':'away','seen':'" + seen + "'}}");
    for (int line = 2; line <= 60; line++) {
      assertThat(await(back, "\"said\"")).contains("\"line " + line + "\"");
    }
    annSocket.abort();
    backSocket.abort();
  }

  /** By turns, since the proxy sends each to the server with fewer connections. */
  @ParameterizedTest
  @EnumSource
  void a_proxy_may_send_a_client_to_any_node(Proxy.Kind kind) throws Exception {
    String room = "proxy " + kind;
    String join = "{'type':'join','data':{'room':'" + room + "'";
    try (Proxy proxy = Proxy.startWithRedis(kind, first, second)) {
      Received ann = new Received();
      WebSocket annSocket = connect(proxy.http("/"), "rooms/socket?name=ann", ann);
      send(annSocket, join + "}}");
      awaitJoined(ann);
      Received bob = new Received();
      WebSocket bobSocket = connect(proxy.http("/"), "rooms/socket?name=bob", bob);
      send(bobSocket, join + "}}");
      awaitJoined(bob);
      awaitHasUsers(first, room);
      awaitHasUsers(second, room);
      say(annSocket, room, "line 0");
      String seen = position(await(bob, "line 0"));
      bobSocket.abort();
      for (int line = 1; line <= RETURNS; line++) {
        say(annSocket, room, "line " + line);
        Received back = new Received();
        WebSocket backSocket = connect(proxy.http("/"), "rooms/socket?name=bob", back);
        send(backSocket, join + ",'seen':'" + seen + "'}}");
        String said = await(back, "\"said\"");
        assertThat(said).contains("\"line " + line + "\"");
        seen = position(said);
        backSocket.abort();
      }
      annSocket.abort();
    }
  }

  @Test
  void notifications_come_on_both_and_are_not_missed() throws Exception {
    Received here = new Received();
    Received there = new Received();
    WebSocket hereSocket = connect(first, "notifications/socket", here);
    WebSocket thereSocket = connect(second, "notifications/socket", there);
    here.nextText();
    there.nextText();
    assertThat(notify(first, "news")).isEqualTo(204);
    await(here, "news");
    String seen = position(await(there, "news"));
    thereSocket.abort();
    assertThat(notify(second, "more")).isEqualTo(204);
    assertThat(notify(first, "most")).isEqualTo(204);
    await(here, "most");
    Received back = new Received();
    WebSocket backSocket = connect(first, "notifications/socket?seen=" + seen, back);
    assertThat(back.nextText()).contains("more");
    assertThat(back.nextText()).contains("most");
    hereSocket.abort();
    backSocket.abort();
  }

  /** A client of the page Talk, in its lobby. */
  private static WebSocket talk(URI node, String name, Received received) throws Exception {
    WebSocket socket = connect(node, "socket.io/?EIO=4&transport=websocket", received);
    send(socket, "40{'name':'" + name + "','rooms':['lobby']}");
    return socket;
  }

  @Test
  void talk_is_one_chat_on_both() throws Exception {
    Received ann = new Received();
    Received bob = new Received();
    WebSocket annSocket = talk(first, "Ann", ann);
    await(ann, "\"present\",{\"lobby\":[\"Ann\"]}");
    WebSocket bobSocket = talk(second, "Bob", bob);
    await(ann, "\"present\",{\"lobby\":[\"Ann\",\"Bob\"]}");
    await(bob, "\"present\",{\"lobby\":[\"Ann\",\"Bob\"]}");
    send(annSocket, "421['say',{'room':'lobby','id':'x','text':'hello'}]");
    String accepted = await(ann, "431[{\"at\":");
    assertThat(await(bob, "\"said\"")).contains("\"author\":\"Ann\"", "\"hello\"");
    send(bobSocket, "42['whisper',{'to':'Ann','id':'y','text':'psst'}]");
    await(ann, "psst");

    annSocket.abort();
    await(bob, "\"present\",{\"lobby\":[\"Bob\"]}");
    Received back = new Received();
    WebSocket backSocket = talk(second, "Ann", back);
    assertThat(await(back, "\"joined\"")).contains("\"hello\"");
    send(backSocket, "421['say',{'room':'lobby','id':'x','text':'hello'}]");
    assertThat(await(back, "431[{\"at\":")).isEqualTo(accepted);
    backSocket.abort();
    bobSocket.abort();
  }

  @Test
  void talk_on_a_node_that_comes_later_has_what_was_said() throws Exception {
    Received ann = new Received();
    WebSocket annSocket = talk(first, "Ann", ann);
    send(annSocket, "421['say',{'room':'lobby','id':'z','text':'early'}]");
    await(ann, "431[{\"at\":");
    try (RunnerProcess later = runner(redisUri)) {
      Received cay = new Received();
      WebSocket caySocket = talk(later.uri(), "Cay", cay);
      assertThat(await(cay, "\"joined\"")).contains("\"early\"");
      caySocket.abort();
    }
    annSocket.abort();
  }

  @Test
  void a_runner_without_its_redis_does_not_start_and_says_why() throws Exception {
    int nobody = freePort();
    String why = ": Redis at 127.0.0.1:" + nobody + ": cannot connect";
    try (RunnerProcess runner = runner("redis://127.0.0.1:" + nobody)) {
      assertEnded(runner, "redis" + why);
    }
    Map<String, String> environment =
        Map.of("UPGRADE_HANDLER_REDIS", "redis://127.0.0.1:" + nobody);
    try (RunnerProcess runner = RunnerProcess.start(temporary, environment, "--port", "0")) {
      assertEnded(runner, "UPGRADE_HANDLER_REDIS" + why);
    }
  }

  private static void assertEnded(RunnerProcess runner, String why) throws Exception {
    assertThat(runner.err())
        .allSatisfy(line -> assertThat(line).contains("cannot connect"))
        .last()
        .asString()
        .contains(why);
    assertThat(runner.exitStatus()).isEqualTo(1);
  }

  @Test
  void a_runner_ends_in_good_order_and_without_noise() throws Exception {
    try (RunnerProcess runner = runner(redisUri)) {
      runner.uri();
      runner.stop();
      assertThat(runner.err()).isEmpty();
    }
  }
}
