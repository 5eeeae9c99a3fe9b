package io.github.upgradehandler.benchmarks.server;

/** Whose WebSocket runs on a container. */
public enum Implementation {
  /** This project's. */
  UPGRADE_HANDLER("upgrade-handler"),
  /** The same with the option {@code undertowChannels}. */
  UPGRADE_HANDLER_CHANNELS("upgrade-handler-channels"),
  /** The container's own. */
  NATIVE("native"),
  /** Tyrus's servlet transport, which also builds on {@code HttpServletRequest.upgrade}. */
  TYRUS("tyrus"),
  /** This project's Socket.IO. */
  SOCKET_IO("socket-io"),
  /** Somebody else's Socket.IO. */
  SOCKET_IO_NATIVE("socket-io-native");

  private final String label;

  Implementation(String label) {
    this.label = label;
  }

  /** Whether it is this project's. */
  public boolean isOurs() {
    return this == UPGRADE_HANDLER || this == UPGRADE_HANDLER_CHANNELS;
  }

  /** Whether it is Socket.IO. */
  public boolean isSocketIo() {
    return this == SOCKET_IO || this == SOCKET_IO_NATIVE;
  }

  /** The name on the command line and in results. */
  public String label() {
    return label;
  }
}
