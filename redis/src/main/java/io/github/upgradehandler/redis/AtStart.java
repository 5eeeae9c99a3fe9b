package io.github.upgradehandler.redis;

/** Whether Redis has to be there when a node starts. */
public enum AtStart {
  /** Without it the node does not start. */
  REQUIRED,
  /** Without it the node starts, says so in the log, and connects when it can. */
  MAY_BE_AWAY
}
