package io.github.upgradehandler.socketio.internal.engine;

import io.github.upgradehandler.Admission;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Forgets a session, and releases what guards have counted for it. */
final class SessionEnd implements Runnable {

  private final Map<String, EngineSession> sessions;
  private final Admission admission;
  private volatile @Nullable EngineSession session;

  /**
   * The end of a session that is named later.
   *
   * @param admission to be released once
   */
  SessionEnd(Map<String, EngineSession> sessions, Admission admission) {
    this.sessions = sessions;
    this.admission = admission;
  }

  void of(EngineSession ending) {
    session = ending;
  }

  @Override
  public void run() {
    EngineSession ending = session;
    if (ending != null) {
      sessions.remove(ending.id());
    }
    admission.release();
  }
}
