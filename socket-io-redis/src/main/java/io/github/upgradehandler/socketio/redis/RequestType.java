package io.github.upgradehandler.socketio.redis;

import java.util.Optional;

/** What nodes ask of each other; the names and numbers are those of the adapter of Node.js. */
enum RequestType {
  SOCKETS(0),
  ALL_ROOMS(1),
  REMOTE_JOIN(2),
  REMOTE_LEAVE(3),
  REMOTE_DISCONNECT(4),
  REMOTE_FETCH(5),
  SERVER_SIDE_EMIT(6),
  BROADCAST(7),
  BROADCAST_CLIENT_COUNT(8),
  BROADCAST_ACK(9),
  /** Of this library's nodes alone, and passed over by others: a node has come, and its name. */
  HELLO(100),
  /** Likewise: a node goes. */
  BYE(101);

  private final int number;

  RequestType(int number) {
    this.number = number;
  }

  int number() {
    return number;
  }

  static Optional<RequestType> of(int number) {
    for (RequestType type : values()) {
      if (type.number == number) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}
