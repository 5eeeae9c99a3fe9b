package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.FrameObserver;
import io.github.upgradehandler.ObservedFrame;
import io.github.upgradehandler.PartialHandler;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Calls the application's handler for one connection. What it throws is caught and reported here,
 * and does not reach the caller. As thread-safe as the handler; a call allocates nothing.
 */
final class HandlerCalls {

  /** A method of the handler; constants, so that a call allocates nothing. */
  private interface Method<A> {
    void call(WebSocketHandler handler, WebSocket socket, A argument);
  }

  private static final Object NONE = "";

  private static final Method<Object> ON_OPEN = (handler, socket, none) -> handler.onOpen(socket);
  private static final Method<Object> ON_DRAIN = (handler, socket, none) -> handler.onDrain(socket);
  private static final Method<String> ON_TEXT_PART =
      (handler, socket, part) -> ((PartialHandler) handler).onTextPart(socket, part, false);
  private static final Method<String> ON_LAST_TEXT_PART =
      (handler, socket, part) -> ((PartialHandler) handler).onTextPart(socket, part, true);
  private static final Method<ByteBuffer> ON_BINARY_PART =
      (handler, socket, part) -> ((PartialHandler) handler).onBinaryPart(socket, part, false);
  private static final Method<ByteBuffer> ON_LAST_BINARY_PART =
      (handler, socket, part) -> ((PartialHandler) handler).onBinaryPart(socket, part, true);

  private final Lifecycle life;
  private final WebSocket socket;
  private final WebSocketHandler handler;
  private final @Nullable FrameObserver observer;
  private volatile boolean observing;

  /**
   * The calls for one connection.
   *
   * @param life is told what a method has thrown, on the thread that has called it
   * @param observer is shown the frames; may be the handler, or null
   */
  HandlerCalls(
      Lifecycle life,
      WebSocket socket,
      WebSocketHandler handler,
      @Nullable FrameObserver observer) {
    this.life = life;
    this.socket = socket;
    this.handler = handler;
    this.observer = observer;
    this.observing = observer != null;
  }

  /** Whether the handler takes messages in parts, and none whole. */
  boolean takesParts() {
    return handler instanceof PartialHandler;
  }

  /** Whether frames are to be shown: not any more after the observer has thrown. */
  boolean isObserving() {
    return observing;
  }

  void open() {
    call(ON_OPEN, NONE);
  }

  void drain() {
    call(ON_DRAIN, NONE);
  }

  /** Without {@link Method}: what comes for every message is to be inlined as a whole. */
  void text(String text) {
    try {
      handler.onText(socket, text);
    } catch (Throwable e) {
      life.handlerFailed(e);
    }
  }

  /** See {@link #text}. */
  void binary(ByteBuffer payload) {
    try {
      handler.onBinary(socket, payload);
    } catch (Throwable e) {
      life.handlerFailed(e);
    }
  }

  void textPart(String part, boolean last) {
    call(last ? ON_LAST_TEXT_PART : ON_TEXT_PART, part);
  }

  void binaryPart(ByteBuffer part, boolean last) {
    call(last ? ON_LAST_BINARY_PART : ON_BINARY_PART, part);
  }

  void ping(ByteBuffer payload) {
    call(WebSocketHandler::onPing, payload);
  }

  void pong(ByteBuffer payload) {
    call(WebSocketHandler::onPong, payload);
  }

  void error(Throwable cause) {
    call(WebSocketHandler::onError, cause);
  }

  void close(CloseEvent event) {
    call(WebSocketHandler::onClose, event);
  }

  /** Shows a frame to the observer. Thread-safe. */
  void frame(ObservedFrame frame) {
    try {
      Objects.requireNonNull(observer).onFrame(socket, frame);
    } catch (Throwable e) {
      observing = false; // before the Close frame that follows would be shown
      life.handlerFailed(e);
    }
  }

  private <A> void call(Method<A> method, A argument) {
    try {
      method.call(handler, socket, argument);
    } catch (Throwable e) {
      life.handlerFailed(e);
    }
  }
}
