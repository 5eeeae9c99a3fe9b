package io.github.upgradehandler.runner;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The packaged jar as a client at the terminal. */
@Timeout(60)
class ConnectIT {

  @TempDir private static Path temporary;

  private static RunnerProcess server;
  private static URI echo;

  @BeforeAll
  static void start() throws Exception {
    server = RunnerProcess.start(temporary, "--port", "0", "--tls");
    URI uri = server.uri();
    echo = URI.create("wss://127.0.0.1:" + uri.getPort() + "/echo");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static RunnerProcess connect(String... options) throws Exception {
    List<String> all = new ArrayList<>(List.of("connect"));
    all.addAll(List.of(options));
    return RunnerProcess.start(temporary, all.toArray(String[]::new));
  }

  @Test
  void lines_are_messages_both_ways_until_the_input_ends() throws Exception {
    try (RunnerProcess client = connect("-k", echo.toString())) {
      client.type("hello");
      assertThat(client.line()).isEqualTo("hello");
      client.type("good bye");
      client.endInput();
      assertThat(client.line()).isEqualTo("good bye");
      assertThat(client.exitStatus()).isZero();
      assertThat(client.err()).containsExactly("connected", "closed: 1000");
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void frames_and_pings_are_shown() throws Exception {
    String text = "x".repeat(2000);
    try (RunnerProcess client =
        connect("--frames", "--compress", "--ping", "3600", "--insecure", echo.toString())) {
      client.type(text);
      assertThat(client.line()).isEqualTo(text);
      client.endInput();
      assertThat(client.exitStatus()).isZero();
      assertThat(client.err())
          .contains("> ping of 16 bytes", "< pong of 16 bytes")
          .anyMatch(line -> line.matches("pong after \\d+ ms"))
          .anyMatch(line -> line.matches("> text compressed of \\d\\d bytes"))
          .anyMatch(line -> line.matches("< close of \\d+ bytes"));
    }
  }

  @Test
  void another_end_than_a_normal_one_is_status_3() throws Exception {
    URI closing = echo.resolve("/close?code=4001");
    try (RunnerProcess client = connect("-k", closing.toString())) {
      assertThat(client.exitStatus()).isEqualTo(3);
      assertThat(client.err()).containsExactly("connected", "closed: 4001 as you wished");
    }
  }

  @Test
  void an_unknown_certificate_is_refused() throws Exception {
    try (RunnerProcess client = connect(echo.toString())) {
      assertThat(client.exitStatus()).isEqualTo(1);
      assertThat(client.err()).hasSize(1);
      assertThat(client.err().get(0))
          .startsWith("embedded-runner: cannot connect to " + echo + ": ");
    }
  }

  @Test
  void a_refusal_is_told_with_its_status() throws Exception {
    URI missing = echo.resolve("/missing");
    try (RunnerProcess client =
        connect("-k", "-H", "X-Tenant: a", "--subprotocol", "chat", missing.toString())) {
      assertThat(client.exitStatus()).isEqualTo(1);
      assertThat(client.err())
          .containsExactly(
              "embedded-runner: cannot connect to "
                  + missing
                  + ": the server has answered 404 Not Found, not 101");
    }
  }

  @Test
  void a_server_that_is_not_there_is_told() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (RunnerProcess client = connect("ws://127.0.0.1:" + port)) {
      assertThat(client.exitStatus()).isEqualTo(1);
      assertThat(client.err())
          .containsExactly(
              "embedded-runner: cannot connect to ws://127.0.0.1:"
                  + port
                  + ": 127.0.0.1: Connection refused");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "http://127.0.0.1 | URI",
        "ws://127.0.0.1 -H X | --header",
        "ws://127.0.0.1 -H Upgrade:x | --header",
        "ws://127.0.0.1 -s a@b | --subprotocol",
        "ws://127.0.0.1 --ping 0 | --ping",
        "-k | URI",
      })
  void a_wrong_option_is_told_in_one_line(String options, String named) throws Exception {
    try (RunnerProcess client = connect(options.split(" ", -1))) {
      assertThat(client.exitStatus()).isEqualTo(2);
      assertThat(client.err()).hasSize(1);
      assertThat(client.err().get(0)).startsWith("embedded-runner: ").contains(named);
    }
  }

  @Test
  void help_tells_the_options_and_the_exit_status() throws Exception {
    try (RunnerProcess client = connect("--help")) {
      assertThat(client.exitStatus()).isZero();
      assertThat(String.join("\n", client.rest()))
          .contains(
              "--header",
              "--subprotocol",
              "--ping",
              "--compress",
              "--frames",
              "--insecure",
              "Exit status:");
    }
  }
}
