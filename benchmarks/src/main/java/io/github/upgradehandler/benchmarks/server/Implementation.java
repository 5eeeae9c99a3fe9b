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
  TYRUS("tyrus");

  private final String label;

  Implementation(String label) {
    this.label = label;
  }

  /** Whether it is this project's. */
  public boolean isOurs() {
    return this == UPGRADE_HANDLER || this == UPGRADE_HANDLER_CHANNELS;
  }

  /** The name on the command line and in results. */
  public String label() {
    return label;
  }
}
