package io.github.upgradehandler.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.servlet.RawClient;
import io.github.upgradehandler.servlet.RunningServer;
import io.github.upgradehandler.servlet.WebSocketServlet;
import io.github.upgradehandler.testing.Await;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** Faults over real sockets, on each container. Methods are named after the fault they show. */
@ParameterizedClass(name = "{0}")
@MethodSource("io.github.upgradehandler.faults.Container#chosen")
@ExtendWith(FaultTable.class)
@Timeout(120)
abstract class FaultTest {

  /** A receive buffer that is full at once. */
  static final int SMALL_WINDOW = 4096;

  /** A time that the test waits out. */
  static final String SHORT = "300ms";

  final Container container;
  private final List<AutoCloseable> opened = new ArrayList<>();
  RunningServer server;

  FaultTest(Container container) {
    this.container = container;
  }

  /** Starts the server that {@link #connect} connects to. */
  final void serve(Function<Handshake, WebSocketHandler> acceptor, Map<String, String> initParams)
      throws Exception {
    serve(new WebSocketServlet(acceptor), initParams);
  }

  final void serve(WebSocketServlet servlet, Map<String, String> initParams) throws Exception {
    server = container.start(servlet, initParams);
  }

  /** The same, with handlers on an executor. */
  final void serveOn(Executor executor, WebSocketHandler handler, Map<String, String> initParams)
      throws Exception {
    WebSocketConfig config = WebSocketConfig.builder().executor(executor).build();
    serve(new WebSocketServlet(config, handshake -> handler), initParams);
  }

  /** A client that has sent nothing yet. */
  final RawClient connect() throws IOException {
    return connect(0);
  }

  final RawClient connect(int receiveBuffer) throws IOException {
    RawClient client = container.connect(server.port(), receiveBuffer);
    opened.add(client);
    return client;
  }

  /** A client whose handshake was accepted. */
  final RawClient open(String... lines) throws IOException {
    RawClient client = connect();
    client.send(RawClient.handshake("/socket", lines).getBytes(ISO_8859_1));
    int status = client.readReply().status();
    if (status != 101) {
      throw new IOException("refused with " + status);
    }
    return client;
  }

  @AfterEach
  final void closeAll() throws Exception {
    for (AutoCloseable client : opened) {
      client.close();
    }
    if (server != null) {
      try (RunningServer stopping = server) {
        Await.until("all connections to end", () -> stopping.openConnections() == 0);
      }
    }
  }

  static void await(CountDownLatch latch) {
    try {
      if (!latch.await(60, TimeUnit.SECONDS)) {
        throw new AssertionError("never released");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
