package io.github.upgradehandler.faults;

import static io.github.upgradehandler.testing.ClientFrames.ping;
import static io.github.upgradehandler.testing.ClientFrames.pong;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.Guard;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.servlet.RawClient;
import io.github.upgradehandler.servlet.WebSocketServlet;
import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testing.CapturedLog;
import io.github.upgradehandler.testkit.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the application throws. */
class ErrorFaultTest extends FaultTest {

  /** Where an error is thrown, once. */
  enum Place {
    EXECUTOR,
    GUARD,
    ON_OPEN,
    ON_TEXT,
    ON_PING,
    ON_CLOSE,
    WHEN_SENT,
    WHEN_CLOSED
  }

  private final AtomicBoolean thrown = new AtomicBoolean();
  private final AtomicInteger ended = new AtomicInteger();

  ErrorFaultTest(Container container) {
    super(container);
  }

  private final class Throwing implements WebSocketHandler {

    private final Place place;

    Throwing(Place place) {
      this.place = place;
    }

    private void at(Place here) {
      if (place == here && thrown.compareAndSet(false, true)) {
        throw new NoClassDefFoundError("for the test");
      }
    }

    @Override
    public void onOpen(WebSocket socket) {
      socket.whenClosed().thenRun(() -> at(Place.WHEN_CLOSED));
      at(Place.ON_OPEN);
    }

    @Override
    public void onText(WebSocket socket, String text) {
      socket.sendText(text);
      socket.whenSent().whenComplete((sent, failure) -> at(Place.WHEN_SENT));
      at(Place.ON_TEXT);
    }

    @Override
    public void onPing(WebSocket socket, ByteBuffer payload) {
      at(Place.ON_PING);
    }

    @Override
    public void onClose(WebSocket socket, CloseEvent event) {
      ended.incrementAndGet();
      at(Place.ON_CLOSE);
    }
  }

  private WebSocketServlet servlet(Throwing handler) {
    Executor executor =
        task -> {
          handler.at(Place.EXECUTOR);
          task.run();
        };
    Guard guard =
        handshake -> Admission.UNCONDITIONAL.withDeadlines(now -> handler.at(Place.GUARD));
    WebSocketConfig.Builder config = WebSocketConfig.builder().guards(guard);
    if (handler.place == Place.EXECUTOR) {
      config.executor(executor);
    }
    return new WebSocketServlet(config.build(), handshake -> handler);
  }

  @ParameterizedTest
  @EnumSource
  void R29_an_error_thrown_out_of_anything_that_is_called(Place place) throws Exception {
    try (CapturedLog log = new CapturedLog()) {
      serve(servlet(new Throwing(place)), Map.of("pingInterval", SHORT, "pongTimeout", "20s"));
      RawClient faulty = open();
      faulty.send(text("a"), ping("p"));
      if (place == Place.GUARD) { // its deadlines are checked while one is there that it let in
        Await.until("the deadlines", thrown::get);
      }
      faulty.finish();
      Await.until("the end to be told", () -> ended.get() == 1);
      Await.until("the error", thrown::get);
      RawClient other = open();
      other.send(text("other"));
      Frames frames = new Frames(other);
      assertThat(frames.text()).isEqualTo("other");
      frames.awaitPing();
      other.send(text("again"));
      assertThat(frames.text()).isEqualTo("again");
      assertThat(String.join("\n", log.messages())).doesNotContain("could not be started");
    }
  }

  /** Pings are answered and counted, texts are returned. */
  private static final class Frames {

    private final RawClient client;

    Frames(RawClient client) {
      this.client = client;
    }

    String text() throws IOException {
      var next = client.next();
      while (next.kind() != Frame.Kind.TEXT) {
        client.send(pong(next.payload()));
        next = client.next();
      }
      return next.text();
    }

    void awaitPing() throws IOException {
      var next = client.next();
      assertThat(next.kind()).as("deadlines run").isEqualTo(Frame.Kind.PING);
      client.send(pong(next.payload()));
    }
  }
}
