package io.github.upgradehandler.client;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.SendResult;
import io.github.upgradehandler.WebSocket;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A client of a relay and its upstream connection, of which there may be one after another. */
final class RelayedPair {

  private static final Logger LOG = System.getLogger("io.github.upgradehandler.client.relay");

  private final WebSocket client;
  private final RelayedPassage toUpstream = new RelayedPassage();
  private final RelayedPassage toClient = new RelayedPassage();

  // Guarded by the monitor.
  private @Nullable WebSocket upstream;
  private @Nullable ReconnectingWebSocket upstreams;
  private boolean over; // one end is told of the other's

  RelayedPair(WebSocket client) {
    this.client = client;
  }

  /** Connects; until then nothing is read from the client. */
  void begin(Relay relay) {
    client.pause();
    ReconnectingWebSocket begun = relay.connect(client, new RelayedUpstream(this));
    synchronized (this) {
      upstreams = begun;
    }
    begun.whenEnded().thenAccept(this::upstreamEnded);
  }

  void toUpstream(BiFunction<RelayedPassage, WebSocket, SendResult> message) {
    WebSocket target = upstream();
    SendResult result = target == null ? SendResult.CLOSED : message.apply(toUpstream, target);
    passed(result);
    if (result == SendResult.CLOSED && (target == null || target != upstream())) {
      fail(RelayedEnd.badGateway("the upstream server was lost in the middle of a message"));
    } // else it is ending, which says more
  }

  void toClient(BiFunction<RelayedPassage, WebSocket, SendResult> message) {
    passed(message.apply(toClient, client)); // CLOSED: it is leaving, which is told upstream
  }

  private void passed(SendResult result) {
    if (result == SendResult.OVERFLOW) {
      fail(CloseStatus.TRY_AGAIN_LATER.withReason("the relay holds no more (outboundLimitBytes)"));
    } else {
      settle();
    }
  }

  /** Passes a ping on, if that is possible: it was answered already. */
  void pingOfClient(ByteBuffer payload) {
    WebSocket target = upstream();
    if (target != null) {
      toUpstream.ping(target, payload);
      settle();
    }
  }

  void pongOfUpstream(ByteBuffer payload) {
    if (toUpstream.isAnswered(payload)) {
      client.sendPong(payload);
    }
  }

  void pongOfClient(ByteBuffer payload) {
    WebSocket target = upstream();
    if (target != null && toClient.isAnswered(payload)) {
      target.sendPong(payload);
    }
  }

  /** Reads from each end while the other one takes what is sent to it. */
  synchronized void settle() {
    if (over) {
      return;
    }
    if (upstream == null || upstream.isAboveWatermark()) {
      client.pause();
    } else {
      client.resume();
    }
    if (upstream != null) {
      if (client.isAboveWatermark()) {
        upstream.pause();
      } else {
        upstream.resume();
      }
    }
  }

  void upstreamOpened(WebSocket opened) {
    synchronized (this) {
      upstream = opened;
    }
    if (!opened.subprotocol().equals(client.subprotocol())) {
      fail(
          RelayedEnd.badGateway(
              "the upstream server does not agree to the subprotocol of this connection"));
      return;
    }
    LOG.log(Level.DEBUG, () -> "client " + client.id() + " is relayed by " + opened.id());
    settle();
  }

  void upstreamClosed(WebSocket closed, CloseEvent event) {
    synchronized (this) {
      upstream = null;
    }
    LOG.log(
        event.clean() ? Level.DEBUG : Level.INFO,
        () ->
            "the upstream connection "
                + closed.id()
                + " of client "
                + client.id()
                + " has ended with "
                + event.code());
    settle();
  }

  /** Whether no other connection may follow one that has ended so. */
  synchronized boolean isFinal(CloseEvent event, ReconnectPolicy policy) {
    return over || toUpstream.isCut() || toClient.isCut() || policy.isFinal(event);
  }

  void clientEnded(CloseEvent event) {
    synchronized (this) {
      over = true;
    }
    endUpstream(RelayedEnd.ofClient(event));
  }

  private void upstreamEnded(ReconnectEnd end) {
    boolean cut = toUpstream.isCut() || toClient.isCut();
    fail(RelayedEnd.ofUpstream(end, cut));
  }

  /** Ends what has not been told of an end yet. */
  private void fail(CloseStatus forClient) {
    synchronized (this) {
      if (over) {
        return;
      }
      over = true;
    }
    endUpstream(CloseStatus.GOING_AWAY);
    client.close(forClient);
    client.resume(); // its answer is to be read
  }

  private void endUpstream(CloseStatus status) {
    WebSocket open;
    ReconnectingWebSocket begun;
    synchronized (this) {
      open = upstream;
      begun = upstreams;
    }
    if (open != null) {
      open.close(status);
      open.resume();
    }
    if (begun != null) {
      begun.close();
    }
  }

  private synchronized @Nullable WebSocket upstream() {
    return upstream;
  }
}
