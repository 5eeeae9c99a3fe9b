package io.github.upgradehandler.internal.room;

/**
 * Where a {@link RoomLog} stands.
 *
 * <pre>
 *   IDLE      attach  SYNCING
 *   SYNCING   answer  LIVE, or FILLING where more has come
 *   LIVE      gap     FILLING
 *   FILLING   answer  LIVE
 *   any       away    STALE, until the engine is back
 *   any       last detach  IDLE
 * </pre>
 */
enum LogState {
  /** Nobody is here. */
  IDLE,
  /** Subscribing, and asking for the end of the log. */
  SYNCING,
  /** What is pushed is delivered. */
  LIVE,
  /** What is missing is asked for. */
  FILLING,
  /** The engine has failed: waits to begin again. */
  STALE
}
