package io.github.upgradehandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.testing.CapturedLog;
import io.github.upgradehandler.testing.Sneaky;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several guards as one. */
class GuardTest {

  private static final Handshake HANDSHAKE = new Handshake.Builder("/chat").build();

  private final List<String> events = new ArrayList<>();

  private MessageGuard noting(String name) {
    return handshake -> {
      events.add(name + " asked");
      return Admission.UNCONDITIONAL
          .inspectedBy(
              handler ->
                  new WebSocketHandler() {
                    @Override
                    public void onText(WebSocket socket, String text) {
                      events.add(name + " text");
                      handler.onText(socket, text);
                    }
                  })
          .withRelease(() -> events.add(name + " released"));
    };
  }

  private final WebSocketHandler handler =
      new WebSocketHandler() {
        @Override
        public void onText(WebSocket socket, String text) {
          events.add("handler text");
        }
      };

  @Test
  void are_asked_in_order_and_the_first_is_outermost() {
    Admission admission = Guard.inOrder(List.of(noting("a"), noting("b"))).admit(HANDSHAKE);
    assertThat(events).containsExactly("a asked", "b asked");
    events.clear();
    assertThat(admission).isInstanceOf(MessageAdmission.class);
    // No guard here looks at the socket.
    ((MessageAdmission) admission).around(handler).onText(null, "x");
    assertThat(events).containsExactly("a text", "b text", "handler text");
    events.clear();
    admission.release();
    assertThat(events).containsExactlyInAnyOrder("a released", "b released");
  }

  @Test
  void act_on_messages_together_if_one_does() {
    Guard admitting = handshake -> Admission.UNCONDITIONAL;
    assertThat(Guard.inOrder(List.of(admitting, admitting))).isNotInstanceOf(MessageGuard.class);
    assertThat(Guard.inOrder(List.of(admitting))).isSameAs(admitting);
    Guard all = Guard.inOrder(List.of(admitting, noting("a"), admitting));
    assertThat(all).isInstanceOf(MessageGuard.class);
    assertThat(Guard.inOrder(List.of(all, admitting))).isInstanceOf(MessageGuard.class);
  }

  /** A guard that calls another one keeps what that one does, whatever its own type says. */
  @Test
  void lose_nothing_in_one_that_calls_another() {
    List<Long> checked = new ArrayList<>();
    MessageGuard inner =
        handshake ->
            noting("a")
                .admit(handshake)
                .withPrincipal(() -> "ann")
                .withDeadlines(now -> checked.add(now));
    Guard outer =
        handshake -> inner.admit(handshake).withRelease(() -> events.add("outer released"));
    Admission admission = Guard.inOrder(List.of(outer, outer)).admit(HANDSHAKE);
    events.clear();
    ((MessageAdmission) admission).around(handler).onText(null, "x");
    assertThat(events).containsExactly("a text", "a text", "handler text");
    admission.deadlines().forEach(each -> each.check(7));
    assertThat(checked).containsExactly(7L, 7L);
    assertThat(admission.principal().orElseThrow().getName()).isEqualTo("ann");
    events.clear();
    admission.release();
    assertThat(events)
        .containsExactly("a released", "outer released", "a released", "outer released");
  }

  @Test
  void what_is_put_around_a_handler_must_be_one_and_take_parts_if_that_does() {
    MessageAdmission none = Admission.UNCONDITIONAL.inspectedBy(handler -> null);
    assertThatThrownBy(() -> none.around(handler))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("a guard has put null around " + handler.getClass().getName());
    Admission losing = Admission.UNCONDITIONAL.inspectedBy(whatever -> handler);
    PartialHandler parts =
        new PartialHandler() {
          @Override
          public void onTextPart(WebSocket socket, String part, boolean last) {}

          @Override
          public void onBinaryPart(WebSocket socket, ByteBuffer part, boolean last) {}
        };
    MessageAdmission hidden = Admission.UNCONDITIONAL.inspectedBy(same -> same);
    assertThat(hidden.around(parts)).isSameAs(parts);
    MessageAdmission both = (MessageAdmission) hidden.and(losing);
    assertThatThrownBy(() -> both.around(parts))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("which is no PartialHandler, around the PartialHandler");
  }

  @Test
  void are_released_once_for_one_request() {
    Admission shared = Admission.UNCONDITIONAL.withRelease(() -> events.add("released"));
    Admission first = shared.releasedOnce();
    Admission second = shared.releasedOnce().withRelease(() -> events.add("more"));
    first.release();
    first.release();
    second.release();
    assertThat(events).containsExactly("released", "released", "more");
    assertThat(Admission.UNCONDITIONAL.releasedOnce()).isSameAs(Admission.UNCONDITIONAL);
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
    Guard finding = handshake -> Admission.UNCONDITIONAL.withPrincipal(ann);
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
  void deadlines_of_every_guard_are_kept() {
    List<Long> looks = new ArrayList<>();
    Guard timed = handshake -> Admission.UNCONDITIONAL.withDeadlines(now -> looks.add(now));
    Guard.inOrder(List.of(timed, timed))
        .admit(HANDSHAKE)
        .deadlines()
        .forEach(deadlines -> deadlines.check(7));
    assertThat(looks).containsExactly(7L, 7L);
  }

  private Guard throwing(Throwable thrown) {
    return handshake ->
        Admission.UNCONDITIONAL.withRelease(
            () -> {
              events.add("throwing");
              Sneaky.rethrow(thrown);
            });
  }

  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, OutOfMemoryError.class})
  void one_that_throws_keeps_the_others_counted_no_longer_than_they_are_there(
      Class<? extends Throwable> kind) throws Exception {
    Throwable thrown = kind.getConstructor(String.class).newInstance("as the test wants");
    Guard all =
        Guard.inOrder(List.of(noting("a"), throwing(thrown), noting("b"), throwing(thrown)));
    try (CapturedLog log = new CapturedLog()) {
      Admission admission = all.admit(HANDSHAKE);
      events.clear();
      admission.release();
      assertThat(events)
          .containsExactlyInAnyOrder("a released", "throwing", "b released", "throwing");
      assertThat(log.messages())
          .hasSize(2)
          .contains("a guard failed to release what it remembers: as the test wants");
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {IllegalStateException.class, NoClassDefFoundError.class})
  void one_that_fails_to_decide_has_those_before_it_released(Class<? extends Throwable> kind)
      throws Exception {
    Throwable thrown = kind.getConstructor(String.class).newInstance("as the test wants");
    Guard unsure =
        handshake -> {
          Sneaky.rethrow(thrown);
          return Admission.UNCONDITIONAL;
        };
    assertThatThrownBy(() -> Guard.inOrder(List.of(noting("a"), unsure)).admit(HANDSHAKE))
        .hasMessage("as the test wants");
    assertThat(events).containsExactlyInAnyOrder("a asked", "a released");
  }
}
