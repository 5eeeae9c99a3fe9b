package io.github.upgradehandler.guard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.Handshake;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who the client is, proxies or not. */
class ClientAddressTest {

  private static final ClientAddress PROXIED =
      ClientAddress.behindProxies("10.0.0.0/8", "::1", "fd00::/8");

  private static Handshake from(String peer, String... forwarded) {
    Handshake.Builder handshake =
        new Handshake.Builder("/").remoteAddress(InetSocketAddress.createUnresolved(peer, 1234));
    for (String value : forwarded) {
      handshake.header("X-Forwarded-For", value);
    }
    return handshake.build();
  }

  @Test
  void without_configuration_no_header_is_believed() {
    assertThat(ClientAddress.direct().of(from("192.0.2.1", "203.0.113.9"))).isEqualTo("192.0.2.1");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // peer | X-Forwarded-For | client
        "192.0.2.1 | 203.0.113.9 | 192.0.2.1", // the peer is no proxy of ours
        "10.0.0.1 | 203.0.113.9 | 203.0.113.9",
        "10.0.0.1 | 198.51.100.1, 203.0.113.9 | 203.0.113.9", // what a client made up before
        "10.0.0.1 | 203.0.113.9, 10.1.2.3 | 203.0.113.9", // two proxies
        "10.0.0.1 | 203.0.113.9:55555 | 203.0.113.9",
        "::1 | [2001:db8::7]:443 | 2001:db8:0:0:0:0:0:7",
        "[fd00::1] | 2001:db8::7 | 2001:db8:0:0:0:0:0:7",
        "10.0.0.1 | unknown | 10.0.0.1",
        "10.0.0.1 | 203.0.113.9, unknown | 10.0.0.1",
        "10.0.0.1 | 10.0.0.2, 10.0.0.3 | 10.0.0.2", // all are proxies: the farthest
        "11.0.0.1 | 203.0.113.9 | 11.0.0.1",
      })
  void behind_trusted_proxies_the_first_address_that_is_none_of_them(
      String peer, String forwarded, String client) {
    assertThat(PROXIED.of(from(peer, forwarded))).isEqualTo(client);
  }

  @Test
  void a_trusted_proxy_without_the_header_is_the_client() {
    assertThat(PROXIED.of(from("10.0.0.1"))).isEqualTo("10.0.0.1");
    assertThat(PROXIED.of(from("10.0.0.1", ""))).isEqualTo("10.0.0.1");
  }

  @Test
  void several_headers_are_one_list() {
    assertThat(PROXIED.of(from("10.0.0.1", "198.51.100.1", "203.0.113.9, 10.0.0.2")))
        .isEqualTo("203.0.113.9");
  }

  /** A name in a header must not send this server asking the DNS. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "999.1.1.1",
        "1.2.3",
        "1.2.3.4.5",
        "01.2.3.4",
        ".:",
        "a.b:c",
        "::g",
        "1:2",
        "[::1",
        "0x7f.1",
        "127.1",
        "::1%",
        "-"
      })
  void what_is_no_address_is_not_looked_up(String text) {
    assertThat(IpAddress.parse(text)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "192.0.2.1, 192.0.2.1",
    "192.0.2.1:80, 192.0.2.1",
    "2001:db8::1, 2001:db8:0:0:0:0:0:1",
    "[2001:db8::1], 2001:db8:0:0:0:0:0:1",
    "fe80::1%eth0, fe80:0:0:0:0:0:0:1",
    "::ffff:192.0.2.1, 192.0.2.1",
  })
  void addresses_are_read_as_headers_write_them(String text, String address) {
    assertThat(IpAddress.parse(text)).map(IpAddress::toString).contains(address);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"10.0.0.0/33", "10.0.0.0/-1", "10.0.0/8", "proxy.example", "::/129", "10.0.0.0/x"})
  void a_range_that_is_none_is_named(String range) {
    assertThatThrownBy(() -> ClientAddress.behindProxies(range))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("'" + range + "' is no range");
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.0/23, 10.1.3.255, true",
    "10.1.2.0/23, 10.1.4.0, false",
    "0.0.0.0/0, 192.0.2.1, true",
    "0.0.0.0/0, ::1, false",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.6, false",
    "fd00::/8, fdff::1, true",
    "fd00::/8, fe00::1, false",
  })
  void a_range_holds_what_has_its_first_bits(String range, String address, boolean inside) {
    assertThat(IpRange.parse(range).contains(IpAddress.parse(address).orElseThrow()))
        .isEqualTo(inside);
  }

  @Test
  void a_peer_without_an_address_is_a_proxy_where_it_is_said_to_be() {
    ClientAddress unix = ClientAddress.behindProxies("unix", "10.0.0.0/8");
    assertThat(unix.of(from("", "203.0.113.9"))).isEqualTo("203.0.113.9");
    assertThat(unix.of(from("", "203.0.113.9, 10.0.0.1"))).isEqualTo("203.0.113.9");
    assertThat(unix.of(from(""))).isEmpty();
    assertThat(PROXIED.of(from("", "203.0.113.9"))).isEmpty();
  }
}
