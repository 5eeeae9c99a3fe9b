package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.servlet.RawClient.handshake;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testing.CapturedLog;
import io.github.upgradehandler.testing.Echo;
import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.eclipse.jetty.ee10.servlet.ServletChannel;
import org.eclipse.jetty.logging.StacklessLogging;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Servlets that do not come into service, and several that go out of it at once. */
@Timeout(60)
class LifecycleTest {

  private static final int MANY = 100;
  private static final Rooms ROOMS = new Rooms();

  /** Fails as one does whose database is not there yet. */
  private static final class FailingInit extends WebSocketServlet {
    @Override
    public void init() throws ServletException {
      super.init();
      if (!connections().isEmpty()) {
        throw new AssertionError("connections before it is in service");
      }
      throw new ServletException("as the test wants");
    }

    @Override
    protected WebSocketHandler accept(Handshake handshake) {
      return new Echo();
    }
  }

  private static final class FailingInitWithConfig extends WebSocketServlet {

    FailingInitWithConfig() {
      super(handshake -> new Echo());
    }

    @Override
    public void init(ServletConfig config) throws ServletException {
      super.init(config);
      throw new ServletException("as the test wants");
    }
  }

  private static final class FailingEvents extends EventStreamServlet {
    @Override
    public void init() throws ServletException {
      super.init();
      throw new ServletException("as the test wants");
    }

    @Override
    protected Room accept(Handshake request) {
      return ROOMS.room("news");
    }
  }

  private static Stream<Arguments> failing() {
    List<Supplier<HttpServlet>> kinds =
        List.of(FailingInit::new, FailingInitWithConfig::new, FailingEvents::new);
    return Stream.of(WebApp.On.values())
        .flatMap(on -> kinds.stream().map(kind -> Arguments.of(on, kind.get())));
  }

  private static Set<ObjectName> beans() throws Exception {
    return ManagementFactory.getPlatformMBeanServer()
        .queryNames(new ObjectName("io.github.upgradehandler:type=Endpoint,*"), null);
  }

  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("websocket-"))
        .collect(Collectors.toSet());
  }

  /** The container does not call {@code destroy} then; Tomcat tries again with each request. */
  @ParameterizedTest
  @MethodSource("failing")
  void an_init_that_fails_leaves_nothing(WebApp.On container, HttpServlet servlet)
      throws Exception {
    Set<Thread> threadsBefore = threads();
    Set<ObjectName> beansBefore = beans();
    WebApp app = new WebApp().lazyServlet("/socket", servlet, Map.of());
    try (CapturedLog unused = new CapturedLog();
        StacklessLogging alsoUnused = new StacklessLogging(ServletChannel.class);
        RunningServer server = container.start(app)) {
      for (int i = 0; i < MANY; i++) {
        try (RawClient client = new RawClient(server.port(), 0)) {
          client.send(handshake("/socket").getBytes(ISO_8859_1));
          assertThat(client.readHead().status()).isIn(404, 500, 503);
        }
      }
      assertThat(beans()).isEqualTo(beansBefore);
      Await.until("threads to end", () -> threadsBefore.containsAll(threads()));
    } catch (ServletException e) {
      assertThat(e).as("Jetty does not even start").hasMessage("as the test wants");
    }
    assertThat(beans()).isEqualTo(beansBefore);
  }

  @ParameterizedTest
  @EnumSource
  void what_was_opened_ends_with_the_servlet(WebApp.On container) throws Exception {
    Set<Thread> threadsBefore = threads();
    Set<ObjectName> beansBefore = beans();
    WebApp app =
        new WebApp()
            .lazyServlet("/never", new WebSocketServlet(handshake -> new Echo()), Map.of())
            .webSocket("/socket", handshake -> new Echo(), Map.of());
    try (RunningServer server = container.start(app);
        RawClient client = new RawClient(server.port(), 0)) {
      assertThat(client.request(handshake("/socket")).status()).isEqualTo(101);
      client.close();
      server.undeploy();
      assertThat(beans()).isEqualTo(beansBefore);
    }
    Await.until("threads to end", () -> threadsBefore.containsAll(threads()));
  }

  /** Five of three seconds each: one after the other they would take fifteen. */
  @ParameterizedTest
  @EnumSource
  void draining_of_several_does_not_add_up(WebApp.On container) throws Exception {
    Map<String, String> options = Map.of("drainTimeout", "3s", "closeTimeout", "60s");
    WebApp app = new WebApp();
    for (int i = 0; i < 5; i++) {
      app.webSocket("/socket" + i, handshake -> new Echo(), options);
    }
    RunningServer server = container.start(app);
    List<RawClient> silent = new ArrayList<>();
    try {
      for (int i = 0; i < 5; i++) {
        RawClient client = new RawClient(server.port(), 0);
        silent.add(client);
        assertThat(client.request(handshake("/socket" + i)).status()).isEqualTo(101);
      }
      long begin = System.nanoTime();
      server.undeploy();
      Duration taken = Duration.ofNanos(System.nanoTime() - begin);
      assertThat(taken).isLessThan(Duration.ofSeconds(15));
      for (RawClient client : silent) {
        assertThat(client.next()).hasToString("close 1001 server shuts down");
        assertThat(client.isEnded()).isTrue();
      }
    } finally {
      for (RawClient client : silent) {
        client.close();
      }
      server.close();
    }
  }
}
