package io.github.upgradehandler.benchmarks.load;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A server that Node runs, with a package of npm's registry. */
enum NodeProgram {
  /** Its own releases are on GitHub alone; this build of its native code for Node is on npm. */
  UWEBSOCKETS("uwebsockets.js", "@trufflesuite/uws-js-unofficial", "20.30.0-unofficial.0"),
  /** The original of Socket.IO. */
  SOCKET_IO("socketio.js", "socket.io", "4.8.4");

  private final String program;
  private final String npmPackage;
  private final String version;

  NodeProgram(String program, String npmPackage, String version) {
    this.program = program;
    this.npmPackage = npmPackage;
    this.version = version;
  }

  /**
   * The command, after installing what it needs unless that was done before.
   *
   * @param servers the directory of all servers' libraries
   */
  List<String> command(Path servers, String... arguments) throws IOException {
    Path home = Files.createDirectories(servers.resolve(program.replace(".js", "")));
    if (!Files.exists(home.resolve("node_modules").resolve(npmPackage))) {
      install(home);
    }
    Path copy = home.resolve(program);
    try (InputStream source = NodeProgram.class.getResourceAsStream(program)) {
      Objects.requireNonNull(source, program);
      Files.copy(source, copy, StandardCopyOption.REPLACE_EXISTING);
    }
    List<String> command = new ArrayList<>(List.of("node", "--expose-gc", copy.toString()));
    command.addAll(List.of(arguments));
    return command;
  }

  private void install(Path home) {
    String wanted = npmPackage + "@" + version;
    try {
      Process npm =
          new ProcessBuilder(
                  "npm",
                  "install",
                  "--prefix=" + home,
                  "--ignore-scripts",
                  "--no-audit",
                  "--no-fund",
                  wanted)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (npm.onExit().join().exitValue() != 0) {
        throw new LoadException("npm does not install " + wanted);
      }
    } catch (IOException e) {
      throw new LoadException("there is no npm, which installs " + wanted, e);
    }
  }
}
