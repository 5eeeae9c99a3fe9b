package io.github.upgradehandler.internal.work;

/**
 * Whose turn it is to write: of the threads that would like to, one at a time does, and while the
 * transport takes no more, nobody does until it says that it can. Guarded by its owner's lock.
 */
public final class WritingTurn {

  private enum Phase {
    /** Nobody writes until the transport says for the first time that it takes anything. */
    STARTING,
    /** Nobody writes; the next to send does. */
    FREE,
    /** A thread writes. */
    TAKEN,
    /** A thread writes, and the transport has said meanwhile that it can take more. */
    TAKEN_AND_WRITABLE,
    /** Nobody writes until the transport says that it can take more. */
    BLOCKED,
    /** Nobody writes any more. */
    ENDED
  }

  private Phase phase = Phase.STARTING;

  /**
   * A turn that nobody has until the transport has said for the first time that it can take any.
   */
  public WritingTurn() {}

  /** Whether the caller may write now; it then ends with {@link #block} or {@link #free}. */
  public boolean take() {
    if (phase != Phase.FREE) {
      return false;
    }
    phase = Phase.TAKEN;
    return true;
  }

  /** The transport has said that it can take more; whether it is the caller that writes now. */
  public boolean takeBlocked() {
    if (isWaiting()) {
      phase = Phase.TAKEN;
      return true;
    }
    if (phase == Phase.TAKEN) {
      phase = Phase.TAKEN_AND_WRITABLE;
    }
    return false;
  }

  /**
   * The writing thread has seen that the transport takes no more.
   *
   * @return false if that is no longer so: the thread looks again
   */
  public boolean block() {
    if (phase == Phase.TAKEN_AND_WRITABLE) {
      phase = Phase.TAKEN;
      return false;
    }
    if (phase == Phase.TAKEN) {
      phase = Phase.BLOCKED;
    }
    return true;
  }

  /** The writing thread has nothing more to write. */
  public void free() {
    phase = Phase.FREE;
  }

  /**
   * Nobody is to write any more.
   *
   * @return whether nobody does already; else the writing thread finds {@link #isEnded}
   */
  public boolean end() {
    boolean taken = phase == Phase.TAKEN || phase == Phase.TAKEN_AND_WRITABLE;
    phase = Phase.ENDED;
    return !taken;
  }

  /** Whether nobody writes, and somebody could. */
  public boolean isFree() {
    return phase == Phase.FREE;
  }

  /** Whether the transport took something and now takes no more. */
  public boolean isBlocked() {
    return phase == Phase.BLOCKED;
  }

  /** Whether nothing can be written until the transport says so. */
  public boolean isWaiting() {
    return phase == Phase.BLOCKED || phase == Phase.STARTING;
  }

  /** Whether {@link #end} was called. */
  public boolean isEnded() {
    return phase == Phase.ENDED;
  }
}
