package io.github.upgradehandler.faults;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.github.upgradehandler.testing.ClientFrames.close;
import static io.github.upgradehandler.testing.ClientFrames.hex;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.upgradehandler.CloseEvent.Initiator;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.internal.deflate.Frames;
import io.github.upgradehandler.servlet.CompressionClient;
import io.github.upgradehandler.servlet.RawClient;
import io.github.upgradehandler.servlet.WebSocketServlet;
import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testkit.Frame;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Connections that should end and do not, and many that end at once. */
class EndingFaultTest extends FaultTest {

  /** The profile soak has a million. */
  private static final int COMING_AND_GOING = Integer.getInteger("leak.connections", 300);

  /** Enough for the compiler: what it takes is not what connections leave. */
  private static final int WARM_UP = Math.max(100, COMING_AND_GOING / 10);

  /** Compressed; long enough to come back so. */
  private static final byte[] TWO_THOUSAND_LETTERS =
      Frames.bytes("4a4c1c05a360148c8251300a46c150070000");

  private static final int IDLE = 100;

  private final RecordedEcho echo = new RecordedEcho();

  EndingFaultTest(Container container) {
    super(container);
  }

  @Test
  void R5_a_peer_that_never_answers_a_close() throws Exception {
    serve(handshake -> echo, Map.of("closeTimeout", SHORT));
    RawClient client = open();
    echo.nextOpened().close();
    assertThat(client.next()).hasToString("close 1000");
    assertThat(client.isEnded()).isTrue();
    assertThat(echo.nextClosed().code()).isEqualTo(1006);
    Await.until("TCP to end", () -> server.openConnections() == 0);
  }

  @Test
  void R5_a_peer_that_never_reads_while_we_close() throws Exception {
    serve(
        handshake -> echo,
        Map.of("closeTimeout", SHORT, "sendTimeout", "10s", "outboundLimitBytes", "100000000"));
    RawClient client = connect(SMALL_WINDOW);
    client.open();
    WebSocket socket = echo.nextOpened();
    socket.sendBinary(new byte[30_000_000]);
    socket.close();
    assertThat(echo.nextClosed().code()).isEqualTo(1006);
    Await.until("TCP to end", () -> server.openConnections() == 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "81", "8185", "8185 0000", "8185 00000000 6162", "0181 00000000 61"})
  void R6_rst_and_fin_in_the_middle_of_a_frame(String begun) throws Exception {
    serve(handshake -> echo, Map.of());
    for (boolean reset : new boolean[] {true, false}) {
      RawClient client = open();
      client.send(text("a"), hex(begun));
      assertThat(client.next()).hasToString("text a");
      if (reset) {
        client.reset();
      } else {
        client.finish();
      }
      assertThat(echo.nextClosed().code()).isEqualTo(1006);
    }
    Await.until("TCP to end", () -> server.openConnections() == 0);
    assertThat(echo.closed).as("onClose once for each").isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"81", "8185 0000", "8185 00000000 61"})
  void R8_a_frame_that_never_ends(String begun) throws Exception {
    serve(handshake -> echo, Map.of("frameTimeout", SHORT));
    RawClient client = open();
    client.send(hex(begun));
    assertThat(client.next()).hasToString("close 1008 frame too slow");
  }

  @Test
  void R9_a_peer_that_vanishes_without_a_fin() throws Exception {
    serve(handshake -> echo, Map.of("pingInterval", SHORT, "pongTimeout", SHORT));
    RawClient client = open();
    assertThat(client.next().kind()).isEqualTo(Frame.Kind.PING);
    assertThat(echo.nextClosed().code()).isEqualTo(1006);
    Await.until("TCP to end", () -> server.openConnections() == 0);
  }

  @Test
  void R12_undeploying_with_open_connections() throws Exception {
    serve(handshake -> echo, Map.of("drainTimeout", "500ms", "drainCode", "1012"));
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < IDLE; i++) {
      clients.add(open());
    }
    CompletableFuture<Void> undeployed =
        CompletableFuture.runAsync(
            () -> {
              try {
                server.undeploy();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    for (RawClient client : clients) {
      assertThat(client.next()).hasToString("close 1012 server shuts down");
    }
    for (RawClient client : clients.subList(0, IDLE / 2)) { // the others never answer
      client.send(close(1012, ""));
    }
    undeployed.get(20, TimeUnit.SECONDS);
    for (RawClient client : clients) {
      assertThat(client.isEnded()).isTrue();
      assertThat(echo.nextClosed().initiator()).isEqualTo(Initiator.LOCAL);
    }
    assertThat(connect().request(RawClient.handshake("/socket")).status()).isIn(404, 503);
  }

  @Timeout(value = 2, unit = TimeUnit.HOURS)
  @Test
  void R13_connects_and_disconnects_half_of_them_by_rst() throws Exception {
    serve(handshake -> echo, Map.of("compression", "true"));
    LeakCheck leaks = new LeakCheck(() -> comeAndGo(WARM_UP), server::openConnections);
    long start = System.nanoTime();
    leaks.assertNothingIsLeftOf(() -> comeAndGo(COMING_AND_GOING));
    System.out.printf(
        "%s: %d connections came and went in %d s%n",
        container, COMING_AND_GOING, TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start));
  }

  private void comeAndGo(int connections) {
    Crowd.of(connections, number -> comeAndGo(number % 2 == 0));
    assertThat(echo.opened).as("onOpen once for each").isEmpty();
    assertThat(echo.closed).as("onClose once for each").isEmpty();
  }

  private void comeAndGo(boolean reset) throws IOException, InterruptedException {
    try (CompressionClient client = new CompressionClient(server.port(), "permessage-deflate")) {
      client.send(Frames.COMPRESSED_TEXT, TWO_THOUSAND_LETTERS);
      assertThat(client.receive().isCompressed()).isTrue();
      if (reset) {
        client.reset();
      } else {
        client.send(0x88, Frames.bytes("03e8"));
        assertThat(client.receiveClose()).isEqualTo(1000);
      }
      echo.nextOpened();
      echo.nextClosed();
    }
  }

  /** What cannot read the wall clock cannot be moved by it. */
  @Test
  void R14_the_wall_clock_jumps() {
    noClasses()
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Clock.class, Instant.class, Date.class, Calendar.class)
        .check(new ClassFileImporter().importPath(Path.of("target", "classes")));
  }

  @Test
  void R15_many_deadlines_at_the_same_moment() throws Exception {
    int count = 500;
    serve(handshake -> echo, Map.of("pingInterval", "500ms", "pongTimeout", "500ms"));
    for (int i = 0; i < count; i++) {
      open();
    }
    for (int i = 0; i < count; i++) {
      assertThat(echo.nextClosed().code()).isEqualTo(1006);
    }
    Await.until("TCP to end", () -> server.openConnections() == 0);
  }

  @Test
  void R16_the_http_session_ends() throws Exception {
    BlockingQueue<HttpSession> sessions = new LinkedBlockingQueue<>();
    serve(
        new WebSocketServlet(handshake -> echo) {
          @Override
          protected void describe(HttpServletRequest request, Handshake.Builder handshake) {
            sessions.add(request.getSession());
          }
        },
        Map.of("closeWithSession", "true"));
    RawClient ending = open();
    RawClient staying = open();
    sessions.remove().invalidate();
    assertThat(ending.next()).hasToString("close 1008 session ended");
    staying.send(text("still here"));
    assertThat(staying.next()).hasToString("text still here");
  }
}
