package io.github.upgradehandler.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.SendResult;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.testing.CapturedLog;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A WebSocket of a mocking library, whose methods answer null unless they are told otherwise. */
class MockedSocketTest {

  private final Room room = new Rooms().room("lobby");

  /** Answers what is given by a method's name, else null as mocks do. */
  private static WebSocket mock(Map<String, Object> answers) {
    return (WebSocket)
        Proxy.newProxyInstance(
            MockedSocketTest.class.getClassLoader(),
            new Class<?>[] {WebSocket.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "hashCode" -> System.identityHashCode(proxy);
                  case "equals" -> proxy == arguments[0];
                  default -> answers.get(method.getName());
                });
  }

  private void assertRefused(WebSocket mock, String method, String instead) {
    assertThatThrownBy(() -> room.join(mock))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            mock.getClass().getName()
                + "."
                + method
                + "() has answered null, as a mock does: have it answer "
                + instead
                + ", or take a WebSocket of the artifact upgrade-handler-test-kit, which answers as"
                + " a real one does");
  }

  @Test
  void joining_says_what_it_must_answer_and_that_the_test_kit_exists() {
    assertRefused(mock(Map.of()), "principal", "an Optional, such as Optional.empty()");
    assertRefused(
        mock(Map.of("principal", Optional.empty())),
        "whenClosed",
        "a stage, such as new CompletableFuture<>()");
    assertThat(room.size()).isZero();
  }

  @Test
  void sending_says_so_in_the_log() {
    WebSocket mock =
        mock(
            Map.of(
                "id",
                "mock",
                "principal",
                Optional.empty(),
                "whenClosed",
                new CompletableFuture<Void>()));
    assertThat(room.join(mock)).isEqualTo(JoinResult.JOINED);
    try (CapturedLog log = new CapturedLog()) {
      assertThat(room.send(PreparedMessage.text("hello"))).isZero();
      assertThat(log.messages())
          .singleElement()
          .asString()
          .contains("sending to mock failed", "have it answer a result");
    }
  }

  @Test
  void one_that_answers_is_a_member_like_others() {
    CompletableFuture<Void> closed = new CompletableFuture<>();
    WebSocket mock =
        mock(
            Map.of(
                "principal", Optional.empty(), "whenClosed", closed, "send", SendResult.ACCEPTED));
    assertThat(room.join(mock)).isEqualTo(JoinResult.JOINED);
    assertThat(room.send(PreparedMessage.text("hello"))).isEqualTo(1);
    closed.complete(null);
    assertThat(room.size()).isZero();
  }
}
