package io.github.upgradehandler.socketio.internal.engine;

import static java.lang.System.Logger.Level.DEBUG;

import io.github.upgradehandler.socketio.SocketIoConfig;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A GET of a client that polls: it waits without a thread, and is answered once. */
final class Poll {

  private static final System.Logger LOG = System.getLogger("io.github.upgradehandler.socketio");

  /** What fits the buffers of a response and of TCP, so that nobody is kept who writes it. */
  private static final int SMALL = 16 << 10;

  private final Exchange exchange;
  private final EngineProtocol protocol;
  private final boolean base64;
  private final SocketIoConfig config;
  private final Runnable failed;
  private @Nullable AsyncContext async;
  private volatile boolean answered;

  /**
   * A poll that does not wait yet.
   *
   * @param base64 whether a client of version 3 wants bytes as text
   * @param failed called if the client is gone
   */
  Poll(
      Exchange exchange,
      EngineProtocol protocol,
      boolean base64,
      SocketIoConfig config,
      Runnable failed) {
    this.exchange = exchange;
    this.protocol = protocol;
    this.base64 = base64;
    this.config = config;
    this.failed = failed;
  }

  /** Has it wait; to be called by the request's thread. */
  void await() {
    AsyncContext started = exchange.request().startAsync();
    started.setTimeout(0);
    started.addListener(
        new PollFailure(
            () -> {
              if (!answered) {
                failed.run();
              }
            }));
    async = started;
  }

  /** Answers it; from any thread, which is not kept. */
  void answer(List<EnginePacket> packets) {
    answered = true;
    byte[] payload = exchange.payload(packets, protocol, base64);
    AsyncContext waiting = async;
    if (waiting == null) {
      write(payload, packets);
    } else if (payload.length <= SMALL) {
      complete(waiting, payload, packets);
    } else {
      waiting.start(() -> complete(waiting, payload, packets));
    }
  }

  /** Refuses one that waits; from any thread, which is not kept. */
  void refuse() {
    answered = true;
    try {
      exchange.refuse(EngineError.BAD_REQUEST);
    } catch (IOException | RuntimeException e) {
      LOG.log(DEBUG, "a poll cannot be refused", e);
    }
    if (async != null) {
      complete(async);
    }
  }

  private void complete(AsyncContext waiting, byte[] payload, List<EnginePacket> packets) {
    write(payload, packets);
    complete(waiting);
  }

  private static void complete(AsyncContext waiting) {
    try {
      waiting.complete();
    } catch (IllegalStateException e) { // the container has ended it, since the client is gone
      LOG.log(DEBUG, "a poll has ended already", e);
    }
  }

  private void write(byte[] payload, List<EnginePacket> packets) {
    try {
      exchange.packets(payload, packets, protocol, base64, config);
    } catch (IOException | RuntimeException e) {
      LOG.log(DEBUG, "a poll cannot be answered", e);
      failed.run();
    }
  }
}
