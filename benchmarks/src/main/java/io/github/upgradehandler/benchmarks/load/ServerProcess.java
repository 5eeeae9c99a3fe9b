package io.github.upgradehandler.benchmarks.load;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Writer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A server in a JVM of its own, the same JVM for all. */
final class ServerProcess implements AutoCloseable {

  static final List<String> FLAGS =
      List.of("-XX:+UseParallelGC", "-Xms1g", "-Xmx1g", "-XX:+AlwaysPreTouch");

  private final Process process;
  private final BufferedReader answers;
  private final Writer commands;
  private final InetSocketAddress address;
  private final Path errors;

  private ServerProcess(Process process, Path errors) throws IOException {
    this.process = process;
    this.errors = errors;
    answers = process.inputReader(StandardCharsets.UTF_8);
    commands = process.outputWriter(StandardCharsets.UTF_8);
    address = new InetSocketAddress(InetAddress.getLoopbackAddress(), (int) answer("port"));
  }

  static ServerProcess start(Server server, Row row, Cpus cpus, Path jar) throws IOException {
    List<String> command = new ArrayList<>(cpus.serverPrefix());
    command.addAll(
        switch (server) {
          case C_LOOP -> compiled();
          case UWEBSOCKETS -> UWebSockets.command(row, jar.resolveSibling("servers"));
          default -> java(server, row, jar);
        });
    Path errors = Files.createTempFile("server", ".log");
    return new ServerProcess(
        new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
  }

  /** Compiles the loop in C, by whatever compiler is there. */
  private static List<String> compiled() throws IOException {
    Path program = Files.createTempFile("echo", "");
    program.toFile().deleteOnExit();
    Process compiler;
    try {
      compiler = new ProcessBuilder("cc", "-O2", "-x", "c", "-o", program.toString(), "-").start();
    } catch (IOException e) {
      throw new LoadException("there is no C compiler (cc)", e);
    }
    try (InputStream source = ServerProcess.class.getResourceAsStream("echo.c");
        OutputStream input = compiler.getOutputStream()) {
      Objects.requireNonNull(source, "echo.c").transferTo(input);
    }
    if (compiler.onExit().join().exitValue() != 0) {
      throw new LoadException("echo.c does not compile here");
    }
    return List.of(program.toString());
  }

  private static List<String> java(Server server, Row row, Path jar) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(FLAGS);
    command.add("-cp");
    command.add(classPath(server, jar));
    command.add(server.mainClass());
    command.add(server.implementation().name());
    command.add(Integer.toString(row.maxMessageBytes()));
    command.add(Boolean.toString(row.compression()));
    command.add(Integer.toString(row.sendBufferBytes()));
    return command;
  }

  long pid() {
    return process.pid();
  }

  InetSocketAddress address() {
    return address;
  }

  /** Bytes that live objects take. */
  long heapBytes() throws IOException {
    commands.write("heap\n");
    commands.flush();
    return answer("heap");
  }

  /** Physical memory of the process. */
  long residentBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc", Long.toString(pid()), "status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) << 10;
      }
    }
    throw new IOException("no VmRSS for process " + pid());
  }

  /** The last that the server complained about, for error messages. */
  String lastError() {
    try {
      return Files.readString(errors)
          .lines()
          .filter(line -> line.contains("Exception") || line.contains("Error"))
          .findFirst()
          .map(line -> "; the server: " + line.strip())
          .orElse("");
    } catch (IOException e) {
      return "";
    }
  }

  @Override
  public void close() {
    try {
      commands.close();
      if (!process.waitFor(5, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
      Files.delete(errors);
    } catch (IOException e) {
      process.destroyForcibly();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private long answer(String name) throws IOException {
    @Nullable String line = answers.readLine();
    while (line != null && !line.startsWith(name + " ")) {
      line = answers.readLine();
    }
    if (line == null) {
      throw new LoadException("the server did not start" + lastError());
    }
    return Long.parseLong(line.substring(name.length() + 1));
  }

  private static String classPath(Server server, Path jar) {
    return jar
        + server.libraries().stream()
            .map(
                library ->
                    File.pathSeparator + jar.resolveSibling("servers").resolve(library) + "/*")
            .collect(Collectors.joining());
  }
}
