package io.github.upgradehandler.socketio;

import java.util.List;

/** Not all nodes have said which sockets they have. */
public final class MissingSocketsException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<RemoteSocket> sockets;
  private final transient List<String> nodes;

  /**
   * For adapters.
   *
   * @param sockets those of the nodes that have answered
   * @param nodes names those that have not, as far as names are known
   */
  public MissingSocketsException(String message, List<RemoteSocket> sockets, List<String> nodes) {
    super(message);
    this.sockets = List.copyOf(sockets);
    this.nodes = List.copyOf(nodes);
  }

  /** The sockets of the nodes that have answered, this one among them. */
  public List<RemoteSocket> sockets() {
    return sockets;
  }

  /** The nodes that have not answered, as far as their names are known. */
  public List<String> nodes() {
    return nodes;
  }
}
