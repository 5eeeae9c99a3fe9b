package io.github.upgradehandler.sample.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonElement;
import io.github.upgradehandler.WebSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Events as another client sees them on the wire. */
class EventHandlerTest {

  private static final Duration LONG = Duration.ofSeconds(60);

  private final Sums handler = new Sums();
  private EventServer server;
  private EventClient client;

  @BeforeEach
  void connect() throws Exception {
    server = new EventServer(handler);
    client = new EventClient(server.uri());
  }

  @AfterEach
  void end() throws Exception {
    client.close();
    server.close();
  }

  @Test
  void a_request_is_answered_under_its_id() throws Exception {
    client.send("{\"type\":\"add\",\"id\":\"q1\",\"data\":{\"a\":2,\"b\":3}}");
    assertThat(client.next()).isEqualTo("{\"type\":\"reply\",\"id\":\"q1\",\"data\":{\"sum\":5}}");
  }

  @Test
  void a_listener_without_a_result_acknowledges() throws Exception {
    client.send("{\"type\":\"note\",\"id\":8,\"data\":\"any\"}");
    assertThat(client.next()).isEqualTo("{\"type\":\"reply\",\"id\":8}");
  }

  @Test
  void a_heartbeat_is_answered_as_it_came() throws Exception {
    client.send("{\"type\":\"heartbeat\"}");
    assertThat(client.next()).isEqualTo("{\"type\":\"heartbeat\"}");
  }

  @Test
  void an_event_is_not_answered() throws Exception {
    client.send("{\"type\":\"add\",\"data\":{\"a\":2,\"b\":3}}");
    client.send("{\"type\":\"note\",\"id\":1,\"data\":0}");
    assertThat(client.next()).isEqualTo("{\"type\":\"reply\",\"id\":1}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{                                        | {'type':'error','data':{'message':'invalid JSON'}}",
        "[]                                       | {'type':'error','data':{'message':'invalid JSON'}}",
        "{}                                       | {'type':'error','data':{'message':'missing type'}}",
        "{'id':'x'}                               | {'type':'error','id':'x','data':{'message':'missing type'}}",
        "{'type':'sing','id':1}                   | {'type':'error','id':1,'data':{'message':'unknown type'}}",
        "{'type':'add','id':1}                    | {'type':'error','id':1,'data':{'message':'invalid data'}}",
        "{'type':'add','id':1,'data':[]}          | {'type':'error','id':1,'data':{'message':'invalid data'}}",
        "{'type':'add','id':1,'data':{'a':-1}}    | {'type':'error','id':1,'data':{'message':'no less than 0'}}",
        "{'type':'break','id':1,'data':0}         | {'type':'error','id':1,'data':{'message':'internal error'}}",
        "{'type':'break','data':0}                | {'type':'error','data':{'message':'internal error'}}",
      })
  void an_error_leaves_the_connection_open(String sent, String answered) throws Exception {
    client.send(sent.replace('\'', '"'));
    assertThat(client.next()).isEqualTo(answered.replace('\'', '"'));
    client.send("{\"type\":\"note\",\"id\":1,\"data\":0}");
    assertThat(client.next()).isEqualTo("{\"type\":\"reply\",\"id\":1}");
  }

  @Test
  void an_error_or_a_reply_to_nothing_is_not_answered() throws Exception {
    client.send("{\"type\":\"error\",\"data\":{\"message\":\"unknown type\"}}");
    client.send("{\"type\":\"reply\",\"id\":\"99\"}");
    client.send("{\"type\":\"note\",\"id\":1,\"data\":0}");
    assertThat(client.next()).isEqualTo("{\"type\":\"reply\",\"id\":1}");
  }

  @Test
  void binary_messages_are_closed_with_1003() throws Exception {
    client.sendBinary();
    assertThat(client.closed()).isEqualTo(1003);
  }

  @Test
  void the_server_asks_and_is_answered() throws Exception {
    CompletableFuture<JsonElement> first = ask(LONG);
    CompletableFuture<JsonElement> second = ask(LONG);
    assertThat(client.next())
        .isEqualTo("{\"type\":\"seen\",\"id\":\"1\",\"data\":{\"a\":1,\"b\":2}}");
    assertThat(client.next()).contains("\"id\":\"2\"");
    client.send("{\"type\":\"reply\",\"id\":\"2\",\"data\":[true]}");
    assertThat(second.get(20, TimeUnit.SECONDS)).hasToString("[true]");
    client.send("{\"type\":\"reply\",\"id\":\"1\"}");
    assertThat(first.get(20, TimeUnit.SECONDS)).isNull();
  }

  @Test
  void the_server_asks_and_is_refused() throws Exception {
    CompletableFuture<JsonElement> answer = ask(LONG);
    client.next();
    client.send("{\"type\":\"error\",\"id\":\"1\",\"data\":{\"message\":\"not now\"}}");
    assertThatThrownBy(() -> answer.get(20, TimeUnit.SECONDS))
        .hasCause(new EventRefusedException("not now"));
  }

  @Test
  void an_acknowledgement_that_does_not_come_is_a_timeout_and_one_that_comes_late_is_nothing()
      throws Exception {
    CompletableFuture<JsonElement> answer = ask(Duration.ofMillis(50));
    assertThatThrownBy(() -> answer.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(TimeoutException.class);
    client.next();
    client.send("{\"type\":\"reply\",\"id\":\"1\"}");
    client.send("{\"type\":\"note\",\"id\":1,\"data\":0}");
    assertThat(client.next()).isEqualTo("{\"type\":\"reply\",\"id\":1}");
  }

  @Test
  void the_end_of_the_connection_fails_what_is_waited_for() throws Exception {
    CompletableFuture<JsonElement> answer = ask(LONG);
    client.close();
    assertThatThrownBy(() -> answer.get(20, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IOException.class);
  }

  private CompletableFuture<JsonElement> ask(Duration timeout) throws Exception {
    WebSocket socket = handler.opened.poll(20, TimeUnit.SECONDS);
    handler.opened.add(socket);
    return EventHandler.request(socket, "seen", new Numbers(1, 2), timeout);
  }

  private record Numbers(int a, int b) {}

  private record Sum(int sum) {}

  private static final class Sums extends EventHandler {

    private final BlockingQueue<WebSocket> opened = new LinkedBlockingQueue<>();

    Sums() {
      on("add", Numbers.class, (socket, numbers) -> add(numbers));
      on("note", JsonElement.class, (socket, data) -> null);
      on(
          "break",
          JsonElement.class,
          (socket, data) -> {
            throw new IllegalStateException("of no interest to the peer");
          });
    }

    private static Sum add(Numbers numbers) throws EventRefusedException {
      if (numbers.a() < 0) {
        throw new EventRefusedException("no less than 0");
      }
      return new Sum(numbers.a() + numbers.b());
    }

    @Override
    public void onOpen(WebSocket socket) {
      opened.add(socket);
    }
  }
}
