package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.ConnectionState;
import io.github.upgradehandler.FrameObserver;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.SendResult;
import io.github.upgradehandler.TextEncoding;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.internal.frame.Opcode;
import io.github.upgradehandler.internal.protocol.Extension;
import io.github.upgradehandler.internal.work.Failures;
import io.github.upgradehandler.internal.work.RunningTime;
import io.github.upgradehandler.spi.Transport;
import io.github.upgradehandler.spi.TransportListener;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** One live connection: joins the two halves, the handler and the deadlines. */
public final class Connection implements WebSocket, TransportListener {

  /** Who reports something, and so where the handler may run. */
  enum Caller {
    /** A thread of the container that came for this connection: the handler may run on it. */
    CONTAINER,
    /** A thread that has other things to do: the handler runs elsewhere. */
    OTHER_THREAD,
    /** The thread that handles this connection's events at the moment: it will see to it. */
    EVENT_THREAD
  }

  private static final Logger LOG = System.getLogger("io.github.upgradehandler");

  private final ConnectionGroup group;
  private final String id;
  private final Handshake handshake;
  private final @Nullable String subprotocol;
  private final Transport transport;
  private final Outbound outbound;
  private final Inbound inbound;
  private final ConnectionDeadlines watch;
  private final ConnectionEvents events;
  private final AtomicBoolean ended = new AtomicBoolean();
  private volatile @Nullable ConcurrentMap<String, Object> attributes;
  private volatile @Nullable Principal principal;
  private @Nullable CompletableFuture<CloseEvent> closed; // guarded by this
  private volatile @Nullable Throwable failure;

  Connection(
      ConnectionGroup group,
      String id,
      Transport transport,
      Handshake handshake,
      @Nullable String subprotocol,
      @Nullable Extension extension,
      WebSocketHandler handler,
      @Nullable FrameObserver observer) {
    this.group = group;
    this.id = id;
    this.handshake = handshake;
    this.subprotocol = subprotocol;
    this.transport = transport;
    Transport carrier = ObservedTransport.of(transport, this, observer, extension);
    this.outbound = new Outbound(this, carrier, extension);
    this.inbound = new Inbound(this, carrier, outbound, extension, handler);
    this.watch = new ConnectionDeadlines(this, inbound, outbound, group);
    this.events = new ConnectionEvents(this, handler, inbound, outbound);
  }

  @Override
  public void onStarted() {
    signal(SerialEvents.OPENED, Caller.CONTAINER);
  }

  @Override
  public void onReadable() {
    signal(SerialEvents.READABLE, Caller.CONTAINER);
  }

  @Override
  public void onWritable() {
    outbound.writer().onWritable();
  }

  @Override
  public void onEnd(@Nullable Throwable cause) {
    if (cause == null) {
      signal(SerialEvents.INPUT_ENDED, Caller.CONTAINER);
    } else {
      end(cause, Caller.CONTAINER);
    }
  }

  @Override
  public void onGone() {
    end(null, Caller.CONTAINER);
  }

  @Override
  public void closeOnWorker(Runnable close) {
    group.closer().execute(close);
  }

  @Override
  public void readOnWorker() {
    events.readOnWorker(group.workers().handlers());
  }

  @Override
  public boolean isReadingOnWorker() {
    return events.isReadingOnWorker();
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Handshake handshake() {
    return handshake;
  }

  @Override
  public Optional<String> subprotocol() {
    return Optional.ofNullable(subprotocol);
  }

  @Override
  public Optional<Principal> principal() {
    Principal named = principal;
    return named != null ? Optional.of(named) : handshake.principal();
  }

  @Override
  public void signIn(Principal named) {
    principal = named;
  }

  @Override
  public ConnectionState state() {
    return outbound.state();
  }

  @Override
  public SendResult sendText(String text) {
    return outbound.send(Opcode.TEXT, ByteBuffer.wrap(TextEncoding.encode(text)));
  }

  @Override
  public SendResult sendText(String fragment, boolean last) {
    return outbound.sendFragment(Opcode.TEXT, ByteBuffer.wrap(TextEncoding.encode(fragment)), last);
  }

  @Override
  public SendResult sendBinary(ByteBuffer payload) {
    return outbound.send(Opcode.BINARY, payload);
  }

  @Override
  public SendResult sendBinary(ByteBuffer fragment, boolean last) {
    return outbound.sendFragment(Opcode.BINARY, fragment, last);
  }

  @Override
  public SendResult send(PreparedMessage message) {
    return outbound.send(message);
  }

  @Override
  public SendResult sendPing(ByteBuffer payload) {
    if (payload.remaining() > ControlPayload.MAX_BYTES) {
      throw new IllegalArgumentException(
          "ping of " + payload.remaining() + " bytes, at most 125 (RFC 6455 section 5.5)");
    }
    return outbound.ping(payload);
  }

  @Override
  public void flush() {
    outbound.flush();
  }

  @Override
  public CompletionStage<Void> whenSent() {
    return outbound.whenSent();
  }

  @Override
  public long bufferedBytes() {
    return outbound.bufferedBytes();
  }

  @Override
  public boolean isAboveWatermark() {
    return outbound.isAboveWatermark();
  }

  @Override
  public void pause() {
    inbound.pause();
  }

  @Override
  public void resume() {
    if (inbound.resume()) {
      signal(SerialEvents.READABLE, Caller.OTHER_THREAD);
    }
  }

  @Override
  public void close(CloseStatus status) {
    outbound.close(status.requireSendable());
  }

  @Override
  public void abort() {
    inbound.stop();
    endOnWorker(null);
  }

  @Override
  public CompletionStage<CloseEvent> whenClosed() {
    return closed().minimalCompletionStage();
  }

  @Override
  public Optional<Duration> roundTripTime() {
    return watch.roundTripTime();
  }

  @Override
  public ConcurrentMap<String, Object> attributes() {
    ConcurrentMap<String, Object> made = attributes;
    if (made == null) {
      synchronized (this) {
        made = attributes;
        if (made == null) {
          made = new ConcurrentHashMap<>(4);
          attributes = made;
        }
      }
    }
    return made;
  }

  @Override
  public String toString() {
    return "WebSocket " + id + " " + state();
  }

  ConnectionGroup group() {
    return group;
  }

  /** Fails the connection (section 7.1.7): a Close frame, then nothing but the peer's counts. */
  void fail(CloseStatus status, Throwable cause) {
    if (failure == null) {
      failure = cause;
    }
    LOG.log(Level.DEBUG, () -> id + ": closing with " + status.code() + ": " + cause.getMessage());
    inbound.fail();
    outbound.close(status);
  }

  /** A method of the handler threw: the detail is for the log and not for the peer. */
  void handlerFailed(Throwable cause) {
    LOG.log(Level.ERROR, id + ": the handler failed, closing with 1011", cause);
    fail(CloseStatus.INTERNAL_ERROR.withReason("internal error"), cause);
  }

  /** Ends the transport and tells the handler, once. */
  void end(@Nullable Throwable cause, Caller caller) {
    end(cause, caller, caller == Caller.OTHER_THREAD ? group.closer() : Runnable::run);
  }

  /** Ends it for one who waits for no container that cannot close at once. */
  void endOnWorker(@Nullable Throwable cause) {
    end(cause, Caller.OTHER_THREAD);
  }

  private void end(@Nullable Throwable cause, Caller caller, Executor closer) {
    if (!ended.compareAndSet(false, true)) {
      return;
    }
    try {
      if (cause != null && failure == null) {
        failure = cause;
        LOG.log(Level.DEBUG, () -> id + ": ended: " + cause);
      }
      outbound.end(closer);
    } catch (Throwable e) {
      Failures.log(id + ": ending", e);
    } finally {
      group.remove(this);
      signal(SerialEvents.ENDED, caller);
    }
  }

  /** So little waits to be sent that reading and sending may go on. */
  void drained(Caller caller) {
    signal(SerialEvents.DRAINED, caller);
  }

  void pongReceived(ByteBuffer payload) {
    watch.pongReceived(payload);
  }

  /**
   * Looks at the deadlines; called by one thread from time to time, which does nothing else.
   *
   * @param now in {@link RunningTime}
   * @return what is to be done, if anything
   */
  @Nullable Runnable check(long now) {
    return ended.get() ? null : watch.check(now);
  }

  /** Where reading goes on after a turn. */
  Executor afterOthers() {
    return group.afterOthers(transport.afterOthers());
  }

  @Nullable Throwable failure() {
    return failure;
  }

  void completeClosed(CloseEvent event) {
    closed().complete(event);
  }

  /** Whether the peer's silence is its own: nobody is at work and nothing holds reading back. */
  boolean isListening() {
    return events.isIdle() && !inbound.isHeldBack();
  }

  private synchronized CompletableFuture<CloseEvent> closed() {
    if (closed == null) {
      closed = new CompletableFuture<>();
    }
    return closed;
  }

  private void signal(int event, Caller caller) {
    Executor executor =
        switch (caller) {
          case CONTAINER -> group.containerExecutor();
          case OTHER_THREAD -> group.executor();
          case EVENT_THREAD -> Runnable::run;
        };
    events.signal(event, executor);
  }
}
