package io.github.upgradehandler.socketio;

/** The socket has been disconnected, so that an acknowledgement does not come any more. */
public final class DisconnectedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  DisconnectedException() {
    super("socket has been disconnected");
  }
}
