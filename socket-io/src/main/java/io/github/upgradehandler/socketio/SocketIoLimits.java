package io.github.upgradehandler.socketio;

/**
 * What clients may take of a server; each value is at least 1.
 *
 * @param maxWaitingBytes bytes that may wait for one client; one for which more waits is
 *     disconnected
 * @param maxSessions clients that may be connected; the next is refused with 503
 * @param maxSessionsPerAddress clients that may be connected from one address, see {@link
 *     SocketIoConfig#clientAddress}; the next is refused with 429
 * @param maxNamespaces namespaces that may be there for a dynamic one to be made because a client
 *     asks for it
 * @param maxNamespacesPerClient namespaces that one client may join
 * @param maxRoomsPerSocket rooms that one socket may be in
 * @param maxPendingAcks acknowledgements of one socket that may be awaited
 * @param maxNameLength UTF-16 units of the name of a namespace, with its query, and of an event
 *     that a client sends
 */
public record SocketIoLimits(
    int maxWaitingBytes,
    int maxSessions,
    int maxSessionsPerAddress,
    int maxNamespaces,
    int maxNamespacesPerClient,
    int maxRoomsPerSocket,
    int maxPendingAcks,
    int maxNameLength) {

  /**
   * 4 MiB, 100,000 clients, 10,000 of an address, 10,000 namespaces, 32 of a client, 1,000 rooms,
   * 1,000 acknowledgements, 255 units.
   */
  public static final SocketIoLimits DEFAULTS =
      new SocketIoLimits(4 << 20, 100_000, 10_000, 10_000, 32, 1000, 1000, 255);

  /**
   * Checks the values.
   *
   * @throws IllegalArgumentException if one is below 1; names it
   */
  public SocketIoLimits {
    check("maxWaitingBytes", maxWaitingBytes);
    check("maxSessions", maxSessions);
    check("maxSessionsPerAddress", maxSessionsPerAddress);
    check("maxNamespaces", maxNamespaces);
    check("maxNamespacesPerClient", maxNamespacesPerClient);
    check("maxRoomsPerSocket", maxRoomsPerSocket);
    check("maxPendingAcks", maxPendingAcks);
    check("maxNameLength", maxNameLength);
  }

  private static void check(String name, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(name + " is " + value + ": it has to be at least 1");
    }
  }

  /** The same with another {@link #maxWaitingBytes}. */
  public SocketIoLimits withMaxWaitingBytes(int value) {
    return new SocketIoLimits(
        value,
        maxSessions,
        maxSessionsPerAddress,
        maxNamespaces,
        maxNamespacesPerClient,
        maxRoomsPerSocket,
        maxPendingAcks,
        maxNameLength);
  }

  /** The same with another {@link #maxSessions}. */
  public SocketIoLimits withMaxSessions(int value) {
    return new SocketIoLimits(
        maxWaitingBytes,
        value,
        maxSessionsPerAddress,
        maxNamespaces,
        maxNamespacesPerClient,
        maxRoomsPerSocket,
        maxPendingAcks,
        maxNameLength);
  }

  /** The same with another {@link #maxSessionsPerAddress}. */
  public SocketIoLimits withMaxSessionsPerAddress(int value) {
    return new SocketIoLimits(
        maxWaitingBytes,
        maxSessions,
        value,
        maxNamespaces,
        maxNamespacesPerClient,
        maxRoomsPerSocket,
        maxPendingAcks,
        maxNameLength);
  }

  /** The same with another {@link #maxNamespaces}. */
  public SocketIoLimits withMaxNamespaces(int value) {
    return new SocketIoLimits(
        maxWaitingBytes,
        maxSessions,
        maxSessionsPerAddress,
        value,
        maxNamespacesPerClient,
        maxRoomsPerSocket,
        maxPendingAcks,
        maxNameLength);
  }

  /** The same with another {@link #maxNamespacesPerClient}. */
  public SocketIoLimits withMaxNamespacesPerClient(int value) {
    return new SocketIoLimits(
        maxWaitingBytes,
        maxSessions,
        maxSessionsPerAddress,
        maxNamespaces,
        value,
        maxRoomsPerSocket,
        maxPendingAcks,
        maxNameLength);
  }

  /** The same with another {@link #maxRoomsPerSocket}. */
  public SocketIoLimits withMaxRoomsPerSocket(int value) {
    return new SocketIoLimits(
        maxWaitingBytes,
        maxSessions,
        maxSessionsPerAddress,
        maxNamespaces,
        maxNamespacesPerClient,
        value,
        maxPendingAcks,
        maxNameLength);
  }

  /** The same with another {@link #maxPendingAcks}. */
  public SocketIoLimits withMaxPendingAcks(int value) {
    return new SocketIoLimits(
        maxWaitingBytes,
        maxSessions,
        maxSessionsPerAddress,
        maxNamespaces,
        maxNamespacesPerClient,
        maxRoomsPerSocket,
        value,
        maxNameLength);
  }

  /** The same with another {@link #maxNameLength}. */
  public SocketIoLimits withMaxNameLength(int value) {
    return new SocketIoLimits(
        maxWaitingBytes,
        maxSessions,
        maxSessionsPerAddress,
        maxNamespaces,
        maxNamespacesPerClient,
        maxRoomsPerSocket,
        maxPendingAcks,
        value);
  }
}
