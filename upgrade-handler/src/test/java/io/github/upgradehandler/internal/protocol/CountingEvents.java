package io.github.upgradehandler.internal.protocol;

import io.github.upgradehandler.CloseStatus;

/** Counts events and keeps nothing of them. */
class CountingEvents implements ProtocolEvents {

  int messageCount;
  int partCount;
  int controlCount;

  @Override
  public void onText(String text) {
    messageCount++;
  }

  @Override
  public void onBinary(byte[] bytes, int offset, int length) {
    messageCount++;
  }

  @Override
  public void onTextPart(String part, boolean last) {
    partCount++;
  }

  @Override
  public void onBinaryPart(byte[] bytes, int offset, int length, boolean last) {
    partCount++;
  }

  @Override
  public void onPing(byte[] bytes, int offset, int length) {
    controlCount++;
  }

  @Override
  public void onPong(byte[] bytes, int offset, int length) {
    controlCount++;
  }

  @Override
  public void onClose(CloseStatus status) {
    controlCount++;
  }

  @Override
  public boolean wantsMore() {
    return true;
  }
}
