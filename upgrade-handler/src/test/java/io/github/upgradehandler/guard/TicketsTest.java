package io.github.upgradehandler.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Tickets that are good once. */
class TicketsTest {

  private final Principal ann = () -> "ann";
  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - 1_000_000);
  private final Tickets tickets = new Tickets(Duration.ofSeconds(30), 3, clock::get);

  private void pass(Duration time) {
    clock.addAndGet(time.toNanos());
  }

  @Test
  void a_ticket_is_good_once() {
    String ticket = tickets.issue(ann);
    assertThat(tickets.verify(ticket)).contains(ann);
    assertThat(tickets.verify(ticket)).isEmpty();
    assertThat(tickets.outstanding()).isZero();
  }

  @Test
  void a_ticket_is_good_for_its_lifetime() {
    String early = tickets.issue(ann);
    String late = tickets.issue(ann);
    pass(Duration.ofSeconds(30).minusNanos(1));
    assertThat(tickets.verify(early)).contains(ann);
    pass(Duration.ofNanos(1));
    assertThat(tickets.verify(late)).isEmpty();
  }

  @Test
  void what_was_never_issued_is_not_good() {
    tickets.issue(ann);
    assertThat(tickets.verify("")).isEmpty();
    assertThat(tickets.verify("x".repeat(32))).isEmpty();
    assertThat(tickets.outstanding()).isEqualTo(1);
  }

  @Test
  void tickets_that_nobody_uses_do_not_pile_up() {
    tickets.issue(ann);
    tickets.issue(ann);
    pass(Duration.ofSeconds(31));
    tickets.issue(ann);
    assertThat(tickets.outstanding()).isEqualTo(1);
    List<String> more = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      more.add(tickets.issue(ann));
    }
    assertThat(tickets.outstanding()).isEqualTo(3);
    assertThat(tickets.verify(more.get(1))).as("the oldest are void").isEmpty();
    assertThat(tickets.verify(more.get(2))).contains(ann);
  }

  @Test
  void tickets_may_stand_in_a_query_or_a_subprotocol_and_are_all_different() {
    Set<String> seen = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      String ticket = tickets.issue(ann);
      assertThat(ticket).matches("[A-Za-z0-9_-]{32}");
      assertThat(seen.add(ticket)).isTrue();
    }
  }

  @Test
  void of_many_who_come_with_the_same_ticket_at_once_one_gets_in() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (int round = 0; round < 500; round++) {
        String ticket = tickets.issue(ann);
        Callable<Boolean> using = () -> tickets.verify(ticket).isPresent();
        int admitted = 0;
        for (Future<Boolean> used : threads.invokeAll(List.of(using, using, using, using))) {
          admitted += used.get() ? 1 : 0;
        }
        assertThat(admitted).isEqualTo(1);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void a_lifetime_of_nothing_is_a_mistake() {
    assertThatThrownBy(() -> new Tickets(Duration.ZERO))
        .hasMessage("a ticket's lifetime must be above zero: PT0S");
  }
}
