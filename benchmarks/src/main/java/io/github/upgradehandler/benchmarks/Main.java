package io.github.upgradehandler.benchmarks;

import java.net.URISyntaxException;
import java.nio.file.Path;
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

  /** The jar of this program, with the servers' jars beside it. */
  static Path jar() throws URISyntaxException {
    return Path.of(Main.class.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
