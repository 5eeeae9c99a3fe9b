package io.github.upgradehandler.spi;

/**
 * Which end of the connection this is: the client masks, the server does not (RFC 6455 section
 * 5.1).
 */
public enum Role {
  /** The end that accepted the connection. */
  SERVER,
  /** The end that opened it. */
  CLIENT;

  /** Whether the frames that this end sends are masked. */
  public boolean masks() {
    return this == CLIENT;
  }

  /** The other end. */
  public Role peer() {
    return this == SERVER ? CLIENT : SERVER;
  }
}
