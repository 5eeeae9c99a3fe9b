package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.servlet.EventStreamClient.data;
import static io.github.upgradehandler.servlet.EventStreamClient.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.testing.Await;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Server-sent events over TCP (HTML Living Standard section 9.2). */
@Timeout(60)
class EventStreamTest {

  private final Rooms rooms = new Rooms();
  private final Room room = rooms.room("news");

  private final class News extends EventStreamServlet {
    @Override
    protected Room accept(Handshake request) {
      if (request.header("X-Refuse").isPresent()) {
        throw new HandshakeRefusedException(403, "members only");
      }
      return room;
    }
  }

  private RunningServer start(EventContainer container, Map<String, String> options)
      throws Exception {
    return container.start(new News(), options);
  }

  private void send(String text) {
    room.send(PreparedMessage.text(text));
  }

  @ParameterizedTest
  @EnumSource
  void events_have_ids_and_come_in_order(EventContainer container) throws Exception {
    try (RunningServer server = start(container, Map.of("retry", "1500ms"));
        EventStreamClient client = new EventStreamClient(server)) {
      assertThat(client.responseHead().get(0)).startsWith("HTTP/1.1 200");
      assertThat(client.responseHead())
          .anyMatch(line -> line.equalsIgnoreCase("Content-Type: text/event-stream;charset=UTF-8"))
          .contains("Cache-Control: no-store, no-transform", "X-Accel-Buffering: no");
      String greeting = client.next();
      assertThat(greeting).startsWith("retry:1500|id:").endsWith("-0");
      String history = id(greeting).substring(0, id(greeting).length() - 1);
      send("one");
      send("two\nlines\r\n and ümlauts");
      send("");
      room.send(PreparedMessage.binary(ByteBuffer.wrap(new byte[] {1, 2, 3})));
      assertThat(client.next()).isEqualTo("id:" + history + "1|data:one");
      assertThat(client.next())
          .isEqualTo("id:" + history + "2|data:two|data:lines|data:  and ümlauts");
      assertThat(client.next()).isEqualTo("id:" + history + "3|data:");
      assertThat(client.next()).isEqualTo("id:" + history + "4|event:binary|data:AQID");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_thread_sends_while_it_is_interrupted(EventContainer container) throws Exception {
    List<EventStreamClient> clients = new ArrayList<>();
    try (RunningServer server = start(container, Map.of())) {
      for (int i = 0; i < 20; i++) {
        clients.add(new EventStreamClient(server));
        clients.get(i).next();
      }
      CompletableFuture<Boolean> stillInterrupted = new CompletableFuture<>();
      new Thread(
              () -> {
                Thread.currentThread().interrupt();
                send("to all");
                stillInterrupted.complete(Thread.currentThread().isInterrupted());
              })
          .start();
      for (EventStreamClient client : clients) {
        assertThat(data(client.next())).isEqualTo("to all");
      }
      assertThat(stillInterrupted.get(20, TimeUnit.SECONDS)).isTrue();
    } finally {
      for (EventStreamClient client : clients) {
        client.close();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_client_may_wait_for_100_continue(EventContainer container) throws Exception {
    try (RunningServer server = start(container, Map.of());
        EventStreamClient client = new EventStreamClient(server, "Expect: 100-continue")) {
      assertThat(client.responseHead().get(0)).startsWith("HTTP/1.1 200");
      assertThat(client.next()).startsWith("retry:");
      send("one");
      assertThat(data(client.next())).isEqualTo("one");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_client_that_comes_back_gets_what_it_has_missed(EventContainer container) throws Exception {
    try (RunningServer server = start(container, Map.of())) {
      String last;
      try (EventStreamClient client = new EventStreamClient(server)) {
        last = id(client.next());
      }
      send("while nobody was there");
      send("nor then");
      try (EventStreamClient back = new EventStreamClient(server, "Last-Event-ID: " + last)) {
        assertThat(back.next()).endsWith("id:" + last);
        String first = back.next();
        assertThat(data(first)).isEqualTo("while nobody was there");
        assertThat(data(back.next())).isEqualTo("nor then");
        send("live");
        assertThat(data(back.next())).isEqualTo("live");
        try (EventStreamClient other =
            new EventStreamClient(server, "Last-Event-ID: " + id(first))) {
          other.next();
          assertThat(data(other.next())).isEqualTo("nor then");
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_client_is_told_when_events_are_missing(EventContainer container) throws Exception {
    try (RunningServer server = start(container, Map.of("historyBytes", "100"))) {
      String last;
      try (EventStreamClient client = new EventStreamClient(server)) {
        last = id(client.next());
      }
      send("x".repeat(60));
      send("y".repeat(60));
      for (String known : List.of(last, "of-another-server", "-1", last + "0")) {
        try (EventStreamClient back = new EventStreamClient(server, "Last-Event-ID: " + known)) {
          back.next();
          assertThat(back.next()).endsWith("|event:gap|data:");
          assertThat(data(back.next())).isEqualTo("y".repeat(60));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void events_of_every_size_arrive_whole(EventContainer container) throws Exception {
    try (RunningServer server = start(container, Map.of());
        EventStreamClient client = new EventStreamClient(server)) {
      client.next();
      for (int size : List.of(1, 65_000, 65_536, 1_000_000)) {
        send("x".repeat(size));
        assertThat(data(client.next())).hasSize(size);
      }
    }
  }

  /** Undertow's {@code flush} keeps what the client does not take and never speaks of it again. */
  @ParameterizedTest
  @EnumSource
  void what_a_slow_client_did_not_take_at_once_arrives_all_the_same(EventContainer container)
      throws Exception {
    try (RunningServer server = start(container, Map.of("outboundLimitBytes", "10000000"));
        EventStreamClient client = new EventStreamClient(server, 4096)) {
      client.next();
      String event = "x".repeat(5000);
      for (int events = 10; events < 30; events++) {
        for (int i = 0; i < events; i++) {
          send(event);
        }
        for (int i = 0; i < events; i++) {
          assertThat(data(client.next())).isEqualTo(event);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void many_senders_make_one_order(EventContainer container) throws Exception {
    int senders = 8;
    int each = 500;
    try (RunningServer server = start(container, Map.of("outboundLimitBytes", "10000000"));
        EventStreamClient ann = new EventStreamClient(server);
        EventStreamClient bob = new EventStreamClient(server)) {
      ann.next();
      bob.next();
      List<CompletableFuture<Void>> sending = new ArrayList<>();
      for (int s = 0; s < senders; s++) {
        sending.add(
            CompletableFuture.runAsync(
                () -> {
                  for (int i = 0; i < each; i++) {
                    send("message " + i);
                  }
                }));
      }
      for (int i = 1; i <= senders * each; i++) {
        String event = ann.next();
        assertThat(id(event)).endsWith("-" + i);
        assertThat(bob.next()).isEqualTo(event);
      }
      for (CompletableFuture<Void> sender : sending) {
        sender.get(20, TimeUnit.SECONDS);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void silence_is_broken_by_comments_and_a_client_that_is_gone_is_let_go(EventContainer container)
      throws Exception {
    News servlet = new News();
    try (RunningServer server = container.start(servlet, Map.of("heartbeatInterval", "50ms"))) {
      try (EventStreamClient client = new EventStreamClient(server)) {
        client.next();
        assertThat(client.next()).isEqualTo(":");
        assertThat(client.next()).isEqualTo(":");
        assertThat(servlet.size()).isEqualTo(1);
        client.reset();
      }
      Await.until("the stream to be let go", () -> servlet.size() == 0);
    }
  }

  /** Tomcat gives the objects of a request that has ended to a later one. */
  @ParameterizedTest
  @EnumSource
  void a_client_that_is_gone_takes_no_other_with_it(EventContainer container) throws Exception {
    News servlet = new News();
    try (RunningServer server = container.start(servlet, Map.of("heartbeatInterval", "1ms"))) {
      for (int i = 0; i < 100; i++) {
        EventStreamClient gone = new EventStreamClient(server);
        gone.next();
        gone.reset();
        try (EventStreamClient next = new EventStreamClient(server)) {
          assertThat(next.next()).startsWith("retry:");
          for (int comments = 0; comments < 10; comments++) {
            assertThat(next.next()).isEqualTo(":");
          }
        }
      }
      Await.until("all streams to be let go", () -> servlet.size() == 0);
      Await.until("all connections to end", () -> server.openConnections() == 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_client_that_does_not_read_is_ended_and_delays_nobody(EventContainer container)
      throws Exception {
    News servlet = new News();
    try (RunningServer server = container.start(servlet, Map.of("outboundLimitBytes", "300000"));
        EventStreamClient stalled = new EventStreamClient(server, 4096);
        EventStreamClient reading = new EventStreamClient(server)) {
      stalled.next();
      reading.next();
      String event = "x".repeat(50_000);
      int sent = 0;
      // The operating system takes some megabytes for the one that does not read.
      for (; servlet.size() > 1 && sent < 1000; sent++) {
        send(event);
        assertThat(data(reading.next())).hasSameSizeAs(event);
      }
      assertThat(servlet.size()).isEqualTo(1);
      send("still here");
      assertThat(data(reading.next())).isEqualTo("still here");
    }
  }

  @ParameterizedTest
  @EnumSource
  void no_progress_in_sending_ends_a_stream(EventContainer container) throws Exception {
    News servlet = new News();
    try (RunningServer server =
            container.start(
                servlet, Map.of("sendTimeout", "300ms", "outboundLimitBytes", "100000000"));
        EventStreamClient stalled = new EventStreamClient(server, 4096)) {
      stalled.next();
      send("x".repeat(20_000_000));
      Await.until("the stream to be ended", () -> servlet.size() == 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void undeploying_sends_what_waits_and_ends_every_stream(EventContainer container)
      throws Exception {
    try (RunningServer server = start(container, Map.of());
        EventStreamClient client = new EventStreamClient(server)) {
      client.next();
      send("x".repeat(200_000));
      CompletableFuture<Void> undeployed =
          CompletableFuture.runAsync(
              () -> {
                try {
                  server.undeploy();
                } catch (Exception e) {
                  throw new IllegalStateException(e);
                }
              });
      assertThat(data(client.next())).hasSize(200_000);
      assertThat(client.isEnded()).isTrue();
      undeployed.get(20, TimeUnit.SECONDS);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_refusal_is_a_plain_response(EventContainer container) throws Exception {
    try (RunningServer server = start(container, Map.of());
        EventStreamClient client = new EventStreamClient(server, "X-Refuse: yes")) {
      assertThat(client.responseHead().get(0)).startsWith("HTTP/1.1 403");
    }
  }

  @Test
  void an_option_that_is_wrong_fails_the_deployment_by_its_name() {
    assertThatThrownBy(() -> failing(Map.of("retries", "2s")))
        .hasMessageContaining("unknown option 'retries'")
        .hasMessageContaining("historyTime");
    assertThatThrownBy(() -> failing(Map.of("retry", "2 s")))
        .hasMessageContaining("option 'retry' = '2 s'");
    assertThatThrownBy(() -> failing(Map.of("historyBytes", "600000")))
        .hasMessageContaining("option 'historyBytes': must be from 0 to 524288");
  }

  private void failing(Map<String, String> options) throws Exception {
    try (RunningServer server = start(EventContainer.JETTY, options)) {
      throw new AssertionError("was deployed on port " + server.port());
    } catch (ServletException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
