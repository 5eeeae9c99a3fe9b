package io.github.upgradehandler.benchmarks;

import picocli.CommandLine;

/** {@code java -jar benchmarks.jar}. */
public final class Main {

  private Main() {}

  /**
   * The command.
   *
   * @param arguments the options; {@code --help} tells them
   */
  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new LoadCommand())
            .setCaseInsensitiveEnumValuesAllowed(true)
            .execute(arguments));
  }
}
