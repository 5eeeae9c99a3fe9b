package io.github.upgradehandler.runner;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.KeyStore.PasswordProtection;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The packaged jar: its options, its messages and its exit status. */
@Timeout(60)
class RunnerIT {
  private static final int GOING_AWAY = 1001;

  @TempDir private Path files;
  @TempDir private Path temporary;

  @Test
  void the_sample_is_served_where_the_first_line_says() throws Exception {
    try (RunnerProcess runner = start("--port", "0")) {
      URI uri = runner.uri();
      assertThat(uri.toString()).matches("http://127\\.0\\.0\\.1:\\d+/");
      assertThat(runner.line()).isEqualTo("wscat -c ws://127.0.0.1:" + uri.getPort() + "/echo");
      assertThat(Peer.get(uri)).startsWith("200 ").contains("<title>");
      assertThat(Peer.connect(uri.resolve("echo")).echo("hello")).isEqualTo("hello");

      runner.signal("TERM");
      assertThat(runner.exitStatus()).isZero();
      assertThat(runner.err()).as("noise").isEmpty();
      assertThat(runner.rest()).as("noise").isEmpty();
      assertThat(temporary).as("what is left").isEmptyDirectory();
    }
  }

  @Test
  void host_is_what_it_listens_on() throws Exception {
    try (RunnerProcess runner = start("--port", "0", "--host", "localhost")) {
      URI uri = runner.uri();
      assertThat(uri.getHost()).isEqualTo("localhost");
      assertThat(Peer.get(uri)).startsWith("200 ");
    }
  }

  @Test
  void port_is_what_it_listens_on() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    try (RunnerProcess runner = start("--port", Integer.toString(port))) {
      assertThat(runner.uri().getPort()).isEqualTo(port);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"/app", "/app/"})
  void context_is_where_it_is_served(String context) throws Exception {
    try (RunnerProcess runner = start("--port", "0", "--context", context)) {
      URI uri = runner.uri();
      assertThat(uri.getPath()).isEqualTo("/app/");
      assertThat(runner.line()).endsWith("/app/echo");
      assertThat(Peer.get(uri)).startsWith("200 ");
      assertThat(Peer.get(uri.resolve("/"))).startsWith("404 ");
      assertThat(Peer.connect(uri.resolve("echo")).echo("hello")).isEqualTo("hello");
    }
  }

  @Test
  void war_is_served_instead_of_the_sample() throws Exception {
    Path war = Wars.hello(files.resolve("hello.war"));
    try (RunnerProcess runner = start("--port", "0", "--war", war.toString())) {
      URI uri = runner.uri();
      assertThat(Peer.get(uri.resolve("hello.txt"))).isEqualTo("200 hello");
      assertThat(Peer.get(uri.resolve("echo"))).startsWith("404 ");
      runner.signal("TERM");
      assertThat(runner.exitStatus()).isZero();
      assertThat(runner.rest()).as("a line about the sample").isEmpty();
    }
  }

  @Test
  void servlets_of_a_war_may_be_annotated() throws Exception {
    Path war = Wars.annotated(files.resolve("annotated.war"), AnnotatedEcho.class);
    try (RunnerProcess runner = start("--port", "0", "--war", war.toString())) {
      URI uri = runner.uri();
      assertThat(Peer.connect(uri.resolve("annotated")).echo("hello")).isEqualTo("hello");
      runner.signal("TERM");
      assertThat(runner.exitStatus()).isZero();
      assertThat(runner.err()).as("noise").isEmpty();
    }
  }

  @Test
  void a_wrong_option_of_a_servlet_is_told_in_one_line() throws Exception {
    Path war = Wars.annotated(files.resolve("wrong.war"), WrongOption.class);
    assertFails(
        1,
        "servlet 'wrong': unknown option 'maxMesageBytes'; there are maxMessageBytes, ",
        "--port",
        "0",
        "--war",
        war.toString());
  }

  @Test
  void tls_without_a_file_makes_a_certificate() throws Exception {
    try (RunnerProcess runner = start("--port", "0", "--tls")) {
      URI uri = runner.uri();
      assertThat(uri.getScheme()).isEqualTo("https");
      assertThat(runner.line()).isEqualTo("wscat -n -c wss://127.0.0.1:" + uri.getPort() + "/echo");
      assertThat(Peer.get(uri)).startsWith("200 ");
      assertThat(Peer.connect(uri.resolve("echo")).echo("hello")).isEqualTo("hello");
    }
  }

  @Test
  void tls_with_a_file_takes_its_certificate() throws Exception {
    Path keyStore = keyStore("secret");
    try (RunnerProcess runner =
        start("--port", "0", "--tls", keyStore.toString(), "--tls-password=secret")) {
      URI uri = runner.uri();
      assertThat(runner.line()).startsWith("wscat -c wss://");
      assertThat(Peer.connect(uri.resolve("echo")).echo("hello")).isEqualTo("hello");
    }
  }

  @Test
  void a_wrong_password_is_told() throws Exception {
    Path keyStore = keyStore("secret");
    assertFails(2, "password", "--tls", keyStore.toString(), "--tls-password=wrong");
  }

  @Test
  void idle_ends_connections_without_traffic() throws Exception {
    try (RunnerProcess runner = start("--port", "0", "--idle", "1")) {
      Peer peer = Peer.connect(runner.uri().resolve("echo"));
      assertThat(peer.closed.handle((status, failure) -> "ended"))
          .succeedsWithin(Duration.ofSeconds(15));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"TERM", "INT"})
  void a_signal_closes_what_is_open_and_ends_with_status_0(String signal) throws Exception {
    try (RunnerProcess runner = start("--port", "0")) {
      Peer peer = Peer.connect(runner.uri().resolve("echo"));
      assertThat(peer.echo("hello")).isEqualTo("hello");

      runner.signal(signal);

      assertThat(peer.closed.get(10, SECONDS)).isEqualTo(GOING_AWAY);
      assertThat(runner.exitStatus()).isZero();
    }
  }

  @Test
  void while_draining_new_handshakes_get_503_and_the_drain_time_is_kept() throws Exception {
    try (RunnerProcess runner = start("--port", "0", "--drain", "3")) {
      URI echo = runner.uri().resolve("echo");
      Peer silent = Peer.connectWithoutAnsweringClose(echo);
      assertThat(silent.echo("hello")).isEqualTo("hello");

      long start = System.nanoTime();
      runner.signal("TERM");
      assertThat(silent.closed.get(10, SECONDS)).isEqualTo(GOING_AWAY);

      assertThat(Peer.refusal(echo)).isEqualTo(503);
      assertThat(runner.exitStatus()).isZero();
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
    }
  }

  @Test
  void version_and_help_end_with_status_0() throws Exception {
    try (RunnerProcess runner = start("--version")) {
      assertThat(runner.line()).matches("embedded-runner \\d+\\.\\d+.*");
      assertThat(runner.exitStatus()).isZero();
    }
    try (RunnerProcess runner = start("--help")) {
      assertThat(runner.exitStatus()).isZero();
      assertThat(String.join("\n", runner.rest()))
          .contains(
              "--host", "--port", "--context", "--war", "--tls", "--idle", "--drain", "--redis");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "--nonsense, --nonsense",
    "--port=x, --port",
    "--port=65536, --port",
    "--port=-1, --port",
    "--idle=-1, --idle",
    "--drain=-1, --drain",
    "--drain=soon, --drain",
    "--context=app, --context",
    "--tls=missing.p12, --tls",
    "--tls-password=x, --tls-password",
    "--redis=http://host, --redis",
    "--war=missing.war, --war",
    "--war=pom.xml, --war",
    "leftover, leftover"
  })
  void a_wrong_option_is_told_in_one_line(String option, String named) throws Exception {
    assertFails(2, named, option);
  }

  @Test
  void a_port_in_use_is_told_in_one_line() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      assertFails(1, "127.0.0.1:" + port, "--port", port);
    }
  }

  @Test
  void an_unknown_host_is_told_in_one_line() throws Exception {
    assertFails(1, "nowhere.invalid", "--port", "0", "--host", "nowhere.invalid");
  }

  @Test
  void a_war_that_does_not_start_is_told_in_one_line() throws Exception {
    Path war = Wars.broken(files.resolve("broken.war"));
    assertFails(1, "broken.war", "--port", "0", "--war", war.toString());
  }

  private void assertFails(int status, String named, String... options) throws Exception {
    try (RunnerProcess runner = start(options)) {
      assertThat(runner.exitStatus()).isEqualTo(status);
      List<String> err = runner.err();
      assertThat(err).hasSize(1);
      assertThat(err.get(0)).startsWith("embedded-runner: ").contains(named);
      assertThat(runner.rest()).isEmpty();
      assertThat(temporary).as("what is left").isEmptyDirectory();
    }
  }

  private RunnerProcess start(String... options) throws Exception {
    return RunnerProcess.start(temporary, options);
  }

  private Path keyStore(String password) throws Exception {
    KeyStore made = SelfSignedCertificate.keyStore("127.0.0.1");
    PasswordProtection protection = new PasswordProtection(password.toCharArray());
    made.setEntry(
        "server", made.getEntry("server", new PasswordProtection(new char[0])), protection);
    Path file = files.resolve("keys.p12");
    try (OutputStream out = Files.newOutputStream(file)) {
      made.store(out, password.toCharArray());
    }
    return file;
  }
}
