package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.internal.protocol.ProtocolEvents;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/** Counts, answers and hands to the application what was made of the peer's bytes. */
final class InboundEvents implements ProtocolEvents {

  private final Lifecycle life;
  private final Outbound outbound;
  private final HandlerCalls handler;
  private final Counters counters;
  private final ReadingTurn turn;
  private final BooleanSupplier heldBack;

  /**
   * The events of one connection.
   *
   * @param turn is told of each event
   * @param heldBack whether the application, or the peer by not reading, holds reading back
   */
  InboundEvents(
      Lifecycle life,
      Outbound outbound,
      HandlerCalls handler,
      Counters counters,
      ReadingTurn turn,
      BooleanSupplier heldBack) {
    this.life = life;
    this.outbound = outbound;
    this.handler = handler;
    this.counters = counters;
    this.turn = turn;
    this.heldBack = heldBack;
  }

  @Override
  public boolean wantsMore() {
    turn.handled();
    return !turn.isOver() && !heldBack.getAsBoolean() && life.phase() == Phase.OPEN;
  }

  @Override
  public void onText(String text) {
    counters.messageReceived();
    handler.text(text);
  }

  @Override
  public void onBinary(byte[] bytes, int offset, int length) {
    counters.messageReceived();
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
    life.deadlines().pongReceived(ByteBuffer.wrap(bytes, offset, length));
    handler.pong(ByteBuffer.wrap(bytes, offset, length));
  }

  @Override
  public void onClose(CloseStatus status) {
    outbound.closeReceived(status);
  }

  private void countPart(boolean last) {
    if (last) {
      counters.messageReceived();
    }
  }
}
