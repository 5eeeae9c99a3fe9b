package io.github.upgradehandler.internal.connection;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Notes what a connection tells its handler, and if it tells two things at a time; tests override
 * what they want done besides.
 */
class RecordingHandler implements WebSocketHandler {

  private final List<String> events = new ArrayList<>();
  private final AtomicBoolean busy = new AtomicBoolean();

  /** What was told since the last time. */
  final synchronized List<String> takeEvents() {
    List<String> taken = List.copyOf(events);
    events.clear();
    return taken;
  }

  final synchronized List<String> events() {
    return List.copyOf(events);
  }

  final synchronized void note(String event) {
    events.add(event);
  }

  /** Something is told: notes it, then does what the test wants. */
  private void told(String event, Runnable wanted) {
    if (!busy.compareAndSet(false, true)) {
      note("TWO AT A TIME");
    }
    try {
      note(event);
      wanted.run();
    } finally {
      busy.set(false);
    }
  }

  void opened(WebSocket socket) {}

  void text(WebSocket socket, String text) {}

  void binary(WebSocket socket, ByteBuffer payload) {}

  void ping(WebSocket socket) {}

  void pong(WebSocket socket) {}

  void drain(WebSocket socket) {}

  void error(WebSocket socket, Throwable error) {}

  void closed(WebSocket socket, CloseEvent event) {}

  @Override
  public final void onOpen(WebSocket socket) {
    told("open", () -> opened(socket));
  }

  @Override
  public final void onText(WebSocket socket, String text) {
    told("text " + text, () -> text(socket, text));
  }

  @Override
  public final void onBinary(WebSocket socket, ByteBuffer payload) {
    told("binary of " + payload.remaining(), () -> binary(socket, payload));
  }

  @Override
  public final void onPing(WebSocket socket, ByteBuffer payload) {
    told("ping " + UTF_8.decode(payload.duplicate()), () -> ping(socket));
  }

  @Override
  public final void onPong(WebSocket socket, ByteBuffer payload) {
    told("pong of " + payload.remaining(), () -> pong(socket));
  }

  @Override
  public final void onDrain(WebSocket socket) {
    told("drain", () -> drain(socket));
  }

  @Override
  public final void onError(WebSocket socket, Throwable error) {
    told("error " + error.getMessage(), () -> error(socket, error));
  }

  @Override
  public final void onClose(WebSocket socket, CloseEvent event) {
    String how = event.initiator() + (event.clean() ? " clean" : "");
    told("close " + event.code() + " by " + how, () -> closed(socket, event));
  }
}
