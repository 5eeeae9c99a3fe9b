package io.github.upgradehandler.socketio;

/** What a packet of Socket.IO is. Those with attachments are told apart on the wire alone. */
public enum PacketType {
  /** A client joins a namespace, or the server lets it. */
  CONNECT,
  /** The end of one side in a namespace. */
  DISCONNECT,
  /** An event. */
  EVENT,
  /** The answer to an event. */
  ACK,
  /** The server refuses to let a client into a namespace. */
  CONNECT_ERROR
}
