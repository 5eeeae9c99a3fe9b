package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.ConnectionState;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.Limits;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.SendResult;
import io.github.upgradehandler.internal.frame.Opcode;
import io.github.upgradehandler.internal.log.LoggedConnection;
import io.github.upgradehandler.internal.message.TextEncoding;
import io.github.upgradehandler.internal.work.Caller;
import io.github.upgradehandler.spi.LiveConnection;
import io.github.upgradehandler.spi.Transport;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * One live connection, as the application and its transport see it. It knows its group, on whose
 * threads it runs, and the group knows it, to sweep over its deadlines and to drain it.
 */
public final class Connection implements LiveConnection, LoggedConnection {

  private final long number;
  private final Handshake handshake;
  private final @Nullable String subprotocol;
  private final ConnectionLifecycle life;

  /**
   * Those that were given, until somebody asks for them: most connections keep no map of their own.
   */
  private volatile Map<String, Object> attributes;

  private volatile @Nullable Principal principal;

  /**
   * A connection that has not opened.
   *
   * @param number no other has it
   */
  Connection(ConnectionGroup group, long number, Transport transport, AcceptedHandshake accepted) {
    this.number = number;
    this.handshake = accepted.handshake();
    this.subprotocol = accepted.subprotocol();
    this.attributes = accepted.attributes();
    this.life = new ConnectionLifecycle(group, this, transport, accepted);
  }

  @Override
  public void onStarted() {
    life.signal(SerialEvents.OPENED, Caller.CONTAINER);
  }

  @Override
  public void onReadable() {
    life.signal(SerialEvents.READABLE, Caller.CONTAINER);
  }

  @Override
  public void onWritable() {
    life.outbound().writer().onWritable();
  }

  @Override
  public void onEnd(@Nullable Throwable cause) {
    if (cause == null) {
      life.signal(SerialEvents.INPUT_ENDED, Caller.CONTAINER);
    } else {
      life.end(cause, Caller.CONTAINER);
    }
  }

  @Override
  public void onGone() {
    life.end(null, Caller.CONTAINER);
  }

  @Override
  public void closeOnWorker(Runnable close) {
    group().executors().closer().execute(close);
  }

  @Override
  public void readOnWorker() {
    life.events().readOnWorker();
  }

  @Override
  public boolean isReadingOnWorker() {
    return life.events().isReadingOnWorker();
  }

  @Override
  public String id() {
    return Long.toString(number, Character.MAX_RADIX);
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
  public void closedBy(String by, int code, String reason) {
    group().log().closedBy(this, by, code, reason);
  }

  @Override
  public void failed(String what, Throwable thrown) {
    life.failed(what, thrown);
  }

  @Override
  public ConnectionState state() {
    return life.outbound().state();
  }

  @Override
  public SendResult sendText(String text) {
    return life.outbound().send(Opcode.TEXT, ByteBuffer.wrap(TextEncoding.encode(text)));
  }

  @Override
  public SendResult sendText(String fragment, boolean last) {
    return life.outbound()
        .sendFragment(Opcode.TEXT, ByteBuffer.wrap(TextEncoding.encode(fragment)), last);
  }

  @Override
  public SendResult sendBinary(ByteBuffer payload) {
    return life.outbound().send(Opcode.BINARY, payload);
  }

  @Override
  public SendResult sendBinary(ByteBuffer fragment, boolean last) {
    return life.outbound().sendFragment(Opcode.BINARY, fragment, last);
  }

  @Override
  public SendResult send(PreparedMessage message) {
    return life.outbound().send(message);
  }

  @Override
  public SendResult sendAll(List<PreparedMessage> messages) {
    return life.outbound().sendAll(messages);
  }

  @Override
  public SendResult sendPing(ByteBuffer payload) {
    return life.outbound().ping(control("ping", payload));
  }

  @Override
  public CompletionStage<Duration> ping() {
    return life.deadlines().askedPings().send();
  }

  @Override
  public SendResult sendPong(ByteBuffer payload) {
    return life.outbound().unsolicitedPong(control("pong", payload));
  }

  private static ByteBuffer control(String kind, ByteBuffer payload) {
    if (payload.remaining() > Opcode.MAX_CONTROL_PAYLOAD) {
      throw new IllegalArgumentException(
          kind + " of " + payload.remaining() + " bytes, at most 125 (RFC 6455 section 5.5)");
    }
    return payload;
  }

  @Override
  public void flush() {
    life.outbound().flush();
  }

  @Override
  public CompletionStage<Void> whenSent() {
    return life.outbound().whenSent();
  }

  @Override
  public long bufferedBytes() {
    return life.outbound().bufferedBytes();
  }

  @Override
  public boolean isAboveWatermark() {
    return life.outbound().isAboveWatermark();
  }

  @Override
  public void pause() {
    life.inbound().pause();
  }

  @Override
  public void resume() {
    if (life.inbound().resume()) {
      life.signal(SerialEvents.READABLE, Caller.OTHER_THREAD);
    }
  }

  @Override
  public Limits limits() {
    return life.inbound().limits();
  }

  @Override
  public void setLimits(Limits limits) {
    life.inbound().limits(limits);
  }

  @Override
  public void close(CloseStatus status) {
    life.outbound().close(CloseStatus.of(status.code(), status.reason()));
  }

  @Override
  public void abort() {
    life.abort();
  }

  @Override
  public CompletionStage<CloseEvent> whenClosed() {
    return life.whenClosed().minimalCompletionStage();
  }

  @Override
  public Optional<Duration> roundTripTime() {
    return life.deadlines().roundTripTime();
  }

  @Override
  public ConcurrentMap<String, Object> attributes() {
    if (attributes instanceof ConcurrentMap<String, Object> made) {
      return made;
    }
    synchronized (this) {
      if (attributes instanceof ConcurrentMap<String, Object> made) {
        return made;
      }
      ConcurrentMap<String, Object> made = new ConcurrentHashMap<>(4);
      made.putAll(attributes);
      attributes = made;
      return made;
    }
  }

  @Override
  public String toString() {
    return "WebSocket " + id() + " for " + handshake + ", " + state();
  }

  ConnectionGroup group() {
    return life.group();
  }

  /** See {@link ConnectionLifecycle#check}. */
  @Nullable Runnable check(long now) {
    return life.check(now);
  }
}
