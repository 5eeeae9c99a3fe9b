package io.github.upgradehandler.faults;

import static io.github.upgradehandler.testing.ClientFrames.hex;
import static io.github.upgradehandler.testing.ClientFrames.pong;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.servlet.RawClient;
import io.github.upgradehandler.testkit.Frame;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A process that SIGSTOP holds for longer than its deadlines of 5 s, which is what a busy machine
 * may take.
 */
@Tag("slow")
class StoppedFaultTest extends FaultTest {

  private static final int EACH = 5;
  private static final int STOPPED_SECONDS = 7;
  private static final Map<String, String> DEADLINES =
      Map.of(
          "frameTimeout", "5s",
          "pingInterval", "1s",
          "pongTimeout", "5s",
          "sendTimeout", "5s");

  private ServerProcess process;
  private final List<RawClient> clients = new ArrayList<>();

  StoppedFaultTest(Container container) {
    super(container);
  }

  @BeforeEach
  void start() throws Exception {
    process = new ServerProcess(container, LargeServlet.class, DEADLINES);
  }

  @AfterEach
  void stop() throws Exception {
    for (RawClient client : clients) {
      client.close();
    }
    process.close();
  }

  private RawClient opened(int receiveBuffer) throws IOException {
    RawClient client = new RawClient(process.port(), receiveBuffer);
    clients.add(client);
    client.open();
    return client;
  }

  @Test
  void R30_a_process_that_was_stopped() throws Exception {
    List<RawClient> unfinished = new ArrayList<>();
    List<RawClient> pinged = new ArrayList<>();
    List<RawClient> unsent = new ArrayList<>();
    List<Frame> pings = new ArrayList<>();
    for (int i = 0; i < EACH; i++) {
      pinged.add(opened(0));
    }
    for (RawClient client : pinged) {
      pings.add(client.next());
    }
    for (int i = 0; i < EACH; i++) {
      unfinished.add(opened(0));
      unsent.add(opened(SMALL_WINDOW));
    }
    for (int i = 0; i < EACH; i++) {
      unfinished.get(i).send(hex("8185 00000000 61"));
      unsent.get(i).send(text("large"));
    }
    process.signal("STOP");
    assertThat(process.endsWithin(STOPPED_SECONDS)).as("ended").isFalse();
    for (int i = 0; i < EACH; i++) {
      unfinished.get(i).send(hex("62636465"));
      pinged.get(i).send(pong(pings.get(i).payload()), text("abcde"));
    }
    process.signal("CONT");
    for (int i = 0; i < EACH; i++) {
      assertThat(message(unfinished.get(i))).hasToString("text abcde");
      assertThat(message(pinged.get(i))).hasToString("text abcde");
      assertThat(message(unsent.get(i)).payload()).hasSize(LargeServlet.LARGE);
    }
  }

  /** The next message; pings before it are answered. */
  private static Frame message(RawClient client) throws IOException {
    Frame next = client.next();
    while (next.kind() == Frame.Kind.PING) {
      client.send(pong(next.payload()));
      next = client.next();
    }
    return next;
  }
}
