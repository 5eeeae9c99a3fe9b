package io.github.upgradehandler.socketio;

/** Why a socket is not connected any more. */
public enum DisconnectReason {
  /** The client has left the namespace. */
  CLIENT_NAMESPACE_DISCONNECT("client namespace disconnect"),
  /** The application has disconnected the socket. */
  SERVER_NAMESPACE_DISCONNECT("server namespace disconnect"),
  /** The application has disconnected the client from all namespaces. */
  FORCED_SERVER_CLOSE("forced server close"),
  /** The client has joined no namespace in time, or the session was ended otherwise. */
  FORCED_CLOSE("forced close"),
  /** The server goes out of service. */
  SERVER_SHUTTING_DOWN("server shutting down"),
  /** The client did not answer in time. */
  PING_TIMEOUT("ping timeout"),
  /** The connection has ended: the page was left, the network is gone. */
  TRANSPORT_CLOSE("transport close"),
  /** The connection has failed, or the client broke the rules of the transport. */
  TRANSPORT_ERROR("transport error"),
  /** The client has sent what is no packet. */
  PARSE_ERROR("parse error");

  private final String text;

  DisconnectReason(String text) {
    this.text = text;
  }

  /** As Socket.IO for Node.js names it. */
  public String text() {
    return text;
  }

  /** Whether a client may come back to where it was: neither side has wished for the end. */
  public boolean isRecoverable() {
    return switch (this) {
      case CLIENT_NAMESPACE_DISCONNECT, SERVER_NAMESPACE_DISCONNECT, PARSE_ERROR -> false;
      default -> true;
    };
  }

  @Override
  public String toString() {
    return text;
  }
}
