package io.github.upgradehandler.benchmarks.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Objects;

/**
 * uWebSockets, run by Node: its own releases are on GitHub alone, this build of its native code for
 * Node is in npm's registry.
 */
final class UWebSockets {

  private static final String PACKAGE = "@trufflesuite/uws-js-unofficial";
  private static final String VERSION = "20.30.0-unofficial.0";
  private static final String PROGRAM = "uwebsockets.js";

  private UWebSockets() {}

  /**
   * The command, after installing what it needs unless that was done before.
   *
   * @param servers the directory of all servers' libraries
   */
  static List<String> command(Row row, Path servers) throws IOException {
    Path home = Files.createDirectories(servers.resolve("uwebsockets"));
    if (!Files.exists(home.resolve("node_modules").resolve(PACKAGE))) {
      install(home);
    }
    Path program = home.resolve(PROGRAM);
    try (InputStream source = UWebSockets.class.getResourceAsStream(PROGRAM)) {
      Objects.requireNonNull(source, PROGRAM);
      Files.copy(source, program, StandardCopyOption.REPLACE_EXISTING);
    }
    return List.of(
        "node",
        program.toString(),
        Integer.toString(row.maxMessageBytes()),
        Boolean.toString(row.compression()));
  }

  private static void install(Path home) {
    try {
      Process npm =
          new ProcessBuilder(
                  "npm",
                  "install",
                  "--prefix=" + home,
                  "--ignore-scripts",
                  "--no-audit",
                  "--no-fund",
                  PACKAGE + "@" + VERSION)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (npm.onExit().join().exitValue() != 0) {
        throw new LoadException("npm does not install " + PACKAGE + "@" + VERSION);
      }
    } catch (IOException e) {
      throw new LoadException("there is no npm, which uWebSockets needs", e);
    }
  }
}
