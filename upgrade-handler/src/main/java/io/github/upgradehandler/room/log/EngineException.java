package io.github.upgradehandler.room.log;

/** An engine could not do what was asked. */
public final class EngineException extends Exception {

  private static final long serialVersionUID = 1L;

  /** What is known of it. */
  public enum Effect {
    /** It was not done and will not be; trying again may help. */
    NONE,
    /** It was not done, and trying again will not help. */
    NEVER,
    /** It may have been done, or may be done yet. */
    UNKNOWN
  }

  private final Effect effect;

  /** What happened, and what is known of its effect. */
  public EngineException(Effect effect, String message) {
    super(message);
    this.effect = effect;
  }

  /** What is known of it. */
  public Effect effect() {
    return effect;
  }
}
