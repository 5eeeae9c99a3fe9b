package io.github.upgradehandler.socketio.internal.engine;

import io.github.upgradehandler.socketio.DisconnectReason;

/** What a session reports to: one call after another, in the order in which things have come. */
public interface EngineListener {

  /**
   * A message with text.
   *
   * @throws MalformedPacketException if it is none that may come; ends the session
   */
  void onText(String text);

  /**
   * A message with bytes, which are the listener's.
   *
   * @throws MalformedPacketException if it is none that may come; ends the session
   */
  void onBinary(byte[] bytes);

  /** The session has ended; called last and once. */
  void onClose(DisconnectReason reason);
}
