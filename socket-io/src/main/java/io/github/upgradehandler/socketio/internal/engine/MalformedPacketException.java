package io.github.upgradehandler.socketio.internal.engine;

/** What a client has sent is no packet, or none that it may send; the message says why. */
public final class MalformedPacketException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /** Says what is wrong, without the client's data. */
  public MalformedPacketException(String message) {
    super(message);
  }
}
