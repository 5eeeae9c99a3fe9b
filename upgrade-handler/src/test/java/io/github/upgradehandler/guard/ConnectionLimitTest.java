package io.github.upgradehandler.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeRefusedException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Bounds on connections, in all and for each address. */
class ConnectionLimitTest {

  private static Handshake from(String address) {
    return new Handshake.Builder("/")
        .remoteAddress(InetSocketAddress.createUnresolved(address, 1234))
        .build();
  }

  @Test
  void one_too_many_is_refused_with_503_until_another_has_ended() {
    ConnectionLimit limit = new ConnectionLimit(2);
    Admission first = limit.admit(from("192.0.2.1"));
    limit.admit(from("192.0.2.2"));
    HandshakeRefusedException refusal =
        catchThrowableOfType(HandshakeRefusedException.class, () -> limit.admit(from("192.0.2.3")));
    assertThat(refusal.status()).isEqualTo(503);
    assertThat(refusal.headers()).containsEntry("Retry-After", "5");
    assertThat(limit.open()).isEqualTo(2);
    first.release();
    limit.admit(from("192.0.2.3"));
    assertThat(limit.open()).isEqualTo(2);
  }

  @Test
  void one_too_many_from_an_address_is_refused_with_429_and_others_are_not() {
    AddressLimit limit = new AddressLimit(2);
    Admission first = limit.admit(from("192.0.2.1"));
    limit.admit(from("192.0.2.1"));
    HandshakeRefusedException refusal =
        catchThrowableOfType(HandshakeRefusedException.class, () -> limit.admit(from("192.0.2.1")));
    assertThat(refusal.status()).isEqualTo(429);
    assertThat(refusal.headers()).containsEntry("Retry-After", "5");
    limit.admit(from("192.0.2.2"));
    first.release();
    limit.admit(from("192.0.2.1"));
  }

  @Test
  void an_address_is_forgotten_with_its_last_connection() {
    AddressLimit limit = new AddressLimit(5);
    List<Admission> admissions = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      admissions.add(limit.admit(from("192.0.2." + i)));
      admissions.add(limit.admit(from("192.0.2." + i)));
    }
    assertThat(limit.addresses()).isEqualTo(200);
    admissions.subList(0, 200).forEach(Admission::release);
    assertThat(limit.addresses()).isEqualTo(100);
    admissions.subList(200, 400).forEach(Admission::release);
    assertThat(limit.addresses()).isZero();
  }

  @Test
  void an_ipv6_client_cannot_choose_among_its_addresses() {
    AddressLimit limit = new AddressLimit(1);
    limit.admit(from("2001:db8:1:2::1"));
    assertThatThrownBy(() -> limit.admit(from("[2001:db8:1:2:ffff::7]")))
        .isInstanceOf(HandshakeRefusedException.class);
    limit.admit(from("2001:db8:1:3::1"));
    assertThat(limit.addresses()).isEqualTo(2);
  }

  @Test
  void who_has_no_address_counts_for_none() {
    AddressLimit limit = new AddressLimit(1);
    Admission first = limit.admit(from(""));
    limit.admit(from(""));
    assertThat(limit.addresses()).isZero();
    first.release();
  }

  @Test
  void what_is_no_address_counts_as_it_stands() {
    AddressLimit limit = new AddressLimit(1);
    limit.admit(from("unix"));
    assertThatThrownBy(() -> limit.admit(from("unix")))
        .isInstanceOf(HandshakeRefusedException.class);
  }

  @Test
  void never_are_more_let_in_however_many_ask_at_once() throws Exception {
    int most = 5;
    AddressLimit perAddress = new AddressLimit(most);
    ConnectionLimit inAll = new ConnectionLimit(most);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger highest = new AtomicInteger();
    ExecutorService threads = Executors.newFixedThreadPool(8);
    Callable<Integer> asking =
        () -> {
          int admitted = 0;
          for (int i = 0; i < 20_000; i++) {
            try {
              Admission one = perAddress.admit(from("192.0.2.1"));
              Admission two = inAll.admit(from("192.0.2.1"));
              highest.accumulateAndGet(inside.incrementAndGet(), Math::max);
              admitted++;
              inside.decrementAndGet();
              two.release();
              one.release();
            } catch (HandshakeRefusedException e) {
              Thread.onSpinWait();
            }
          }
          return admitted;
        };
    try {
      for (Future<Integer> done : threads.invokeAll(List.of(asking, asking, asking, asking))) {
        assertThat(done.get()).isPositive();
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(highest.get()).isBetween(1, most);
    assertThat(inAll.open()).isZero();
    assertThat(perAddress.addresses()).isZero();
  }

  @Test
  void a_limit_below_one_is_a_mistake() {
    assertThatThrownBy(() -> new ConnectionLimit(0))
        .hasMessage("a limit of connections must be at least 1, not 0");
    assertThatThrownBy(() -> new AddressLimit(-1))
        .hasMessage("a limit of connections per address must be at least 1, not -1");
  }
}
