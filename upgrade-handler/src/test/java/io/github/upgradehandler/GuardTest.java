package io.github.upgradehandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.testing.CapturedLog;
import io.github.upgradehandler.testing.Sneaky;
import io.github.upgradehandler.testing.TimedGuard;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several guards as one. */
class GuardTest {

  private static final Handshake HANDSHAKE = new Handshake.Builder("/chat").build();

  private final List<String> events = new ArrayList<>();

  private Guard noting(String name) {
    return handshake -> {
      events.add(name + " asked");
      return new Admission() {
        @Override
        public WebSocketHandler around(WebSocketHandler handler) {
          return new WebSocketHandler() {
            @Override
            public void onText(WebSocket socket, String text) {
              events.add(name + " text");
              handler.onText(socket, text);
            }
          };
        }

        @Override
        public void release() {
          events.add(name + " released");
        }
      };
    };
  }

  @Test
  void are_asked_in_order_and_the_first_is_outermost() {
    Admission admission = Guard.inOrder(List.of(noting("a"), noting("b"))).admit(HANDSHAKE);
    assertThat(events).containsExactly("a asked", "b asked");
    events.clear();
    WebSocketHandler handler = new WebSocketHandler() {};
    // No guard here looks at the socket.
    admission.around(handler).onText(null, "x");
    assertThat(events).containsExactly("a text", "b text");
    events.clear();
    admission.release();
    assertThat(events).containsExactlyInAnyOrder("a released", "b released");
  }

  @Test
  void if_one_refuses_the_ones_before_are_released_and_the_ones_behind_not_asked() {
    Guard refusing =
        handshake -> {
          throw new HandshakeRefusedException(503, "full");
        };
    Guard all = Guard.inOrder(List.of(noting("a"), noting("b"), refusing, noting("c")));
    assertThatThrownBy(() -> all.admit(HANDSHAKE)).hasMessage("full");
    assertThat(events).containsExactlyInAnyOrder("a asked", "b asked", "a released", "b released");
  }

  @Test
  void whom_one_finds_the_next_ones_see() {
    Principal ann = () -> "ann";
    Guard finding =
        handshake ->
            new Admission() {
              @Override
              public Optional<Principal> principal() {
                return Optional.of(ann);
              }
            };
    Guard seeing =
        handshake -> {
          events.add("sees " + handshake.principal().orElseThrow().getName());
          return Admission.UNCONDITIONAL;
        };
    Admission admission = Guard.inOrder(List.of(finding, seeing)).admit(HANDSHAKE);
    assertThat(events).containsExactly("sees ann");
    assertThat(admission.principal()).contains(ann);
  }

  @Test
  void none_lets_everyone_in() {
    assertThat(Guard.inOrder(List.of()).admit(HANDSHAKE)).isSameAs(Admission.UNCONDITIONAL);
  }

  @Test
  void deadlines_reach_every_guard() {
    List<Long> looks = new ArrayList<>();
    Guard timed =
        new TimedGuard(
            now -> {
              looks.add(now);
            });
    Guard.inOrder(List.of(timed, timed)).checkDeadlines(7);
    assertThat(looks).containsExactly(7L, 7L);
  }

  /** One whose every method throws. */
  private Guard throwing(Throwable thrown) {
    return new Guard() {
      @Override
      public Admission admit(Handshake handshake) {
        return new Admission() {
          @Override
          public void release() {
            events.add("throwing");
            Sneaky.rethrow(thrown);
          }
        };
      }

      @Override
      public void checkDeadlines(long now) {
        events.add("throwing");
        Sneaky.rethrow(thrown);
      }
    };
  }

  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, OutOfMemoryError.class})
  void one_that_throws_keeps_the_others_neither_counted_nor_unseen(Class<? extends Throwable> kind)
      throws Exception {
    Throwable thrown = kind.getConstructor(String.class).newInstance("as the test wants");
    Guard all =
        Guard.inOrder(List.of(noting("a"), throwing(thrown), noting("b"), throwing(thrown)));
    try (CapturedLog log = new CapturedLog()) {
      Admission admission = all.admit(HANDSHAKE);
      events.clear();
      admission.release();
      assertThat(events)
          .containsExactlyInAnyOrder("a released", "throwing", "b released", "throwing");
      events.clear();
      all.checkDeadlines(7);
      assertThat(events).containsExactly("throwing", "throwing");
      assertThat(log.messages())
          .hasSize(4)
          .contains("a guard failed to release what it remembers: as the test wants");
    }
  }

  @Test
  void one_that_cannot_say_who_is_signed_in_is_released() {
    Guard unsure =
        handshake ->
            new Admission() {
              @Override
              public Optional<Principal> principal() {
                throw new NoClassDefFoundError("as the test wants");
              }

              @Override
              public void release() {
                events.add("unsure released");
              }
            };
    assertThatThrownBy(() -> Guard.inOrder(List.of(noting("a"), unsure)).admit(HANDSHAKE))
        .hasMessage("as the test wants");
    assertThat(events).containsExactlyInAnyOrder("a asked", "a released", "unsure released");
  }
}
