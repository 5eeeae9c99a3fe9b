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
  UWEBSOCKETS("uwebsockets.js", "@trufflesuite/uws-js-unofficial@20.30.0-unofficial.0"),
  /** The original of Socket.IO. */
  SOCKET_IO(
      "socketio.js",
      "socket.io@4.8.4",
      "@socket.io/redis-adapter@8.3.0",
      "@socket.io/redis-streams-adapter@0.3.1",
      "redis@5.8.2");

  private final String program;
  private final List<String> packages;

  NodeProgram(String program, String... packages) {
    this.program = program;
    this.packages = List.of(packages);
  }

  /**
   * The command, after installing what it needs unless that was done before.
   *
   * @param servers the directory of all servers' libraries
   */
  List<String> command(Path servers, String... arguments) throws IOException {
    Path home = Files.createDirectories(servers.resolve(program.replace(".js", "")));
    Path modules = home.resolve("node_modules");
    if (!packages.stream().map(NodeProgram::name).map(modules::resolve).allMatch(Files::exists)) {
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

  /** Without the version. */
  private static String name(String npmPackage) {
    return npmPackage.substring(0, npmPackage.lastIndexOf('@'));
  }

  private void install(Path home) {
    String wanted = String.join(" ", packages);
    List<String> command = new ArrayList<>(List.of("npm", "install", "--prefix=" + home));
    command.addAll(List.of("--ignore-scripts", "--no-audit", "--no-fund"));
    command.addAll(packages);
    try {
      Process npm =
          new ProcessBuilder(command)
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
