package io.github.upgradehandler.deployment;

import io.github.upgradehandler.WebSocketHandler;

/** What an init-param may name, rightly or not. */
public final class Handlers {

  private Handlers() {}

  /** As it should be. */
  public static final class Right implements WebSocketHandler {
    /** For the servlet. */
    public Right() {}
  }

  /** Wants what nobody gives. */
  public static final class Needy implements WebSocketHandler {
    /** Never called. */
    public Needy(int ignored) {}
  }

  /** Of which there is no instance. */
  public abstract static class Unfinished implements WebSocketHandler {
    /** For subclasses. */
    public Unfinished() {}
  }

  /** That nobody else can reach. */
  static final class Hidden implements WebSocketHandler {
    /** Never called. */
    public Hidden() {}
  }
}
