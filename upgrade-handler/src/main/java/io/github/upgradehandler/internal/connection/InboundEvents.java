package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.internal.protocol.ProtocolEvents;
import java.nio.ByteBuffer;

/** Counts, answers and hands to the application what was made of the peer's bytes. */
final class InboundEvents implements ProtocolEvents {

  /** What reads the bytes. */
  interface Reading {

    /** Something was handled; whether more is to be handled now. */
    boolean goesOn();
  }

  private final Reading reading;
  private final Lifecycle life;
  private final Outbound outbound;
  private final HandlerCalls handler;
  private final Counters counters;

  /** Messages not counted yet: shared counters are touched once for all that one read brought. */
  private int received;

  InboundEvents(
      Reading reading, Lifecycle life, Outbound outbound, HandlerCalls handler, Counters counters) {
    this.reading = reading;
    this.life = life;
    this.outbound = outbound;
    this.handler = handler;
    this.counters = counters;
  }

  @Override
  public boolean wantsMore() {
    return reading.goesOn();
  }

  @Override
  public void onText(String text) {
    received++;
    handler.text(text);
  }

  @Override
  public void onBinary(byte[] bytes, int offset, int length) {
    received++;
    handler.binary(ByteBuffer.wrap(bytes, offset, length));
  }

  @Override
  public void onTextPart(String part, boolean last) {
    countPart(last);
    handler.textPart(part, last);
  }

  @Override
  public void onBinaryPart(byte[] bytes, int offset, int length, boolean last) {
    countPart(last);
    handler.binaryPart(ByteBuffer.wrap(bytes, offset, length), last);
  }

  @Override
  public void onPing(byte[] bytes, int offset, int length) {
    outbound.pong(ByteBuffer.wrap(bytes, offset, length));
    handler.ping(ByteBuffer.wrap(bytes, offset, length));
  }

  @Override
  public void onPong(byte[] bytes, int offset, int length) {
    life.pongReceived(ByteBuffer.wrap(bytes, offset, length));
    handler.pong(ByteBuffer.wrap(bytes, offset, length));
  }

  @Override
  public void onClose(CloseStatus status) {
    count(); // before the application is told of the end
    outbound.closeReceived(status);
  }

  /** Counts the messages that were handed on since the last call. */
  void count() {
    if (received > 0) {
      counters.messagesReceived(received);
      received = 0;
    }
  }

  private void countPart(boolean last) {
    if (last) {
      received++;
    }
  }
}
