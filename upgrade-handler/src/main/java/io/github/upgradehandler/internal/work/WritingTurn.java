package io.github.upgradehandler.internal.work;

/**
 * The turn to write: of the threads that want to write one at a time does, and while the transport
 * takes no more, none does until it reports that it can. Guarded by its own monitor, which also
 * guards what is written: its owner and its loop take it.
 */
public final class WritingTurn {

  private enum Phase {
    /** No thread writes until the transport reports for the first time that it takes anything. */
    STARTING,
    /** No thread writes; the next to send does. */
    FREE,
    /** A thread writes. */
    TAKEN,
    /** A thread writes, and the transport has reported meanwhile that it can take more. */
    TAKEN_AND_WRITABLE,
    /** No thread writes until the transport reports that it can take more. */
    BLOCKED,
    /** No thread writes any more. */
    ENDED
  }

  private Phase phase = Phase.STARTING;

  /**
   * A turn that no thread has until the transport reports for the first time that it takes
   * anything.
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

  /** The transport reports that it can take more; whether the caller is to write now. */
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
   * @return false if that is no longer so: the thread checks again
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
   * No thread is to write any more.
   *
   * @return whether none does already; else the writing thread finds {@link #isEnded}
   */
  public boolean end() {
    boolean taken = phase == Phase.TAKEN || phase == Phase.TAKEN_AND_WRITABLE;
    phase = Phase.ENDED;
    return !taken;
  }

  /** Whether no thread writes, and one could. */
  public boolean isFree() {
    return phase == Phase.FREE;
  }

  /** Whether the transport took something and now takes no more. */
  public boolean isBlocked() {
    return phase == Phase.BLOCKED;
  }

  /** Whether nothing can be written until the transport reports that it can take more. */
  public boolean isWaiting() {
    return phase == Phase.BLOCKED || phase == Phase.STARTING;
  }

  /** Whether {@link #end} was called. */
  public boolean isEnded() {
    return phase == Phase.ENDED;
  }
}
