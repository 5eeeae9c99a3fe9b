package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.internal.connection.Connection;
import io.github.upgradehandler.internal.connection.ConnectionGroup;
import io.github.upgradehandler.internal.log.EndpointLog;
import io.github.upgradehandler.internal.protocol.ParsedOpening;
import io.github.upgradehandler.servlet.container.ContainerOptions;
import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testing.Connections;
import io.github.upgradehandler.testing.Echo;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xnio.XnioIoThread;

/** Connections that always have more to do, beside others on the same I/O thread. */
@Timeout(60)
class UndertowTurnsTest {

  private static final int ECHOES = 100;

  /** Longer than the shortest delay that XNIO knows. */
  private static final long TURN_NANOS = 2_000_000;

  private final AtomicInteger turns = new AtomicInteger();
  private final AtomicInteger ended = new AtomicInteger();
  private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
  private volatile boolean stopping;

  /** A servlet that knows its connections' transports. */
  private final class Busy extends HttpServlet {
    private final transient ContainerOptions options;
    private transient @Nullable ConnectionGroup group;

    Busy(boolean channels) {
      options = ContainerOptions.NONE.with("undertowChannels", Boolean.toString(channels));
    }

    @Override
    public void init() {
      WebSocketConfig config = WebSocketConfig.builder().build();
      group = Deployment.open(getServletContext(), config, EndpointLog.ofServlet("busy"));
    }

    @Override
    public void destroy() {
      if (group != null) {
        Deployment.drain(getServletContext(), group);
      }
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response)
        throws ServletException, IOException {
      try {
        ParsedOpening opening = ParsedOpening.read(new ServletRequestHead(request));
        Handshake handshake = HandshakeReader.read(request, null, List.of()).build();
        ServletTransport transport = new ServletTransport(options);
        assertThat(group).isNotNull();
        Connection connection =
            Connections.connect(group, transport, handshake, null, null, new Working(transport));
        response.setHeader("Upgrade", "websocket");
        response.setHeader("Connection", "Upgrade");
        response.setHeader("Sec-WebSocket-Accept", opening.acceptKey());
        request.upgrade(UpgradeHandler.class).bind(transport, connection);
      } catch (HandshakeRefusedException e) {
        throw new ServletException(e);
      }
    }
  }

  /** Echoes, and on the word works for ever. */
  private final class Working extends Echo {
    private final ServletTransport transport;

    Working(ServletTransport transport) {
      this.transport = transport;
    }

    @Override
    public void onText(WebSocket socket, String text) {
      if (text.equals("later")) {
        afterOthers().execute(() -> super.onText(socket, text));
        return;
      }
      super.onText(socket, text);
      if (text.equals("work")) {
        work();
      }
    }

    private Executor afterOthers() {
      Executor executor = transport.afterOthers();
      assertThat(executor).isNotNull();
      return executor;
    }

    private void work() {
      turns.incrementAndGet();
      threads.add(Thread.currentThread());
      LockSupport.parkNanos(TURN_NANOS);
      if (!stopping) {
        goOn();
      }
    }

    private void goOn() {
      try {
        afterOthers().execute(this::work);
      } catch (RejectedExecutionException e) {
        ended.incrementAndGet();
      }
    }
  }

  private UndertowServer server(boolean channels) throws ServletException {
    return new UndertowServer(
        new Busy(channels), "/socket", Map.of(), builder -> builder.setIoThreads(1));
  }

  private static RawClient opened(UndertowServer server) throws IOException {
    RawClient client = new RawClient(server.port(), 0);
    client.open();
    return client;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void an_echo_goes_on_beside_work_without_end(boolean channels) throws Exception {
    try (UndertowServer server = server(channels);
        RawClient one = opened(server);
        RawClient two = opened(server);
        RawClient other = opened(server)) {
      for (RawClient client : List.of(one, two)) {
        client.send(text("work"));
        assertThat(client.next()).hasToString("text work");
      }
      for (int i = 0; i < ECHOES; i++) {
        other.send(text("echo " + i));
        assertThat(other.next()).hasToString("text echo " + i);
      }
      int before = turns.get();
      Await.until("the work to go on", () -> turns.get() > before + 10);
      assertThat(threads).hasSize(1).allMatch(XnioIoThread.class::isInstance);
      stopping = true;
      other.send(text("afterwards"));
      assertThat(other.next()).hasToString("text afterwards");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void nothing_is_kept_open_when_nothing_waits(boolean channels) throws Exception {
    try (UndertowServer server = server(channels);
        RawClient client = opened(server)) {
      long most = descriptors() + ECHOES / 2; // each would leave two
      for (int i = 0; i < ECHOES; i++) {
        client.send(text("later"));
        assertThat(client.next()).hasToString("text later");
      }
      Await.until("pipes to be closed", () -> descriptors() <= most);
    }
  }

  private static long descriptors() {
    return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getOpenFileDescriptorCount();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_server_that_stops_runs_what_waits_and_takes_no_more(boolean channels) throws Exception {
    UndertowServer server = server(channels);
    try (RawClient one = opened(server);
        RawClient two = opened(server)) {
      for (RawClient client : List.of(one, two)) {
        client.send(text("work"));
        assertThat(client.next()).hasToString("text work");
      }
      one.close();
      two.close();
      server.close();
      Await.until("both to be told", () -> ended.get() == 2);
    }
  }
}
