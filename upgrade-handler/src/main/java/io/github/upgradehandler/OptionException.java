package io.github.upgradehandler;

/**
 * The value of an option is invalid; the message names the option and says why. It has no cause:
 * what containers show of a failure is the innermost one.
 */
final class OptionException extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  private final String what;

  /** Of a value that was set in code. */
  OptionException(String option, String what) {
    super("option '" + option + "': " + what);
    this.what = what;
  }

  /** Of a value that was given as text. */
  OptionException(String option, String text, IllegalArgumentException cause) {
    super("option '" + option + "' = '" + text + "': " + what(cause));
    this.what = what(cause);
  }

  private static String what(IllegalArgumentException cause) {
    return cause instanceof OptionException wrong ? wrong.what : String.valueOf(cause.getMessage());
  }
}
