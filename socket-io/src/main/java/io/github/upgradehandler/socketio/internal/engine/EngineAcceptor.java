package io.github.upgradehandler.socketio.internal.engine;

/** What an application makes of a session that opens. */
@FunctionalInterface
public interface EngineAcceptor {

  /** Gives what the session reports to; called in the session's inbox, before all else. */
  EngineListener accept(EngineSession session);
}
