package io.github.upgradehandler.benchmarks.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** A server in a JVM of its own, the same JVM for all. */
public final class ServerProcess implements AutoCloseable {

  private final Subprocess process;
  private final InetSocketAddress address;

  private ServerProcess(Subprocess process) throws IOException {
    this.process = process;
    address = new InetSocketAddress(InetAddress.getLoopbackAddress(), (int) process.answer("port"));
  }

  /** Starts it, and waits until it listens. */
  public static ServerProcess start(Server server, ServerSetup setup, Cpus cpus, Path jar)
      throws IOException {
    List<String> command = new ArrayList<>(cpus.serverPrefix());
    command.addAll(
        switch (server) {
          case C_LOOP -> compiled();
          case UWEBSOCKETS ->
              NodeProgram.UWEBSOCKETS.command(
                  jar.resolveSibling("servers"),
                  Integer.toString(setup.maxMessageBytes()),
                  Boolean.toString(setup.compression()),
                  Boolean.toString(setup.contextTakeover()));
          case NODE_SOCKET_IO ->
              NodeProgram.SOCKET_IO.command(
                  jar.resolveSibling("servers"), setup.redis(), Boolean.toString(setup.logged()));
          default -> java(server, setup, jar);
        });
    return new ServerProcess(Subprocess.start(command));
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

  private static List<String> java(Server server, ServerSetup setup, Path jar) {
    List<String> command =
        JavaCommand.of(jar, setup.heapGiB(), server.libraries(), server.mainClass());
    command.add(server.implementation().name());
    command.addAll(setup.arguments());
    return command;
  }

  /** Its number among the system's processes. */
  public long pid() {
    return process.pid();
  }

  /** Where it listens. */
  public InetSocketAddress address() {
    return address;
  }

  /** Bytes that live objects take. */
  public long heapBytes() throws IOException {
    return process.ask("heap");
  }

  /** Takes it out of service in order; returns when it is, after how many milliseconds. */
  public long stop() throws IOException {
    return process.ask("stop");
  }

  /** Physical memory of the process. */
  public long residentBytes() throws IOException {
    return process.residentBytes();
  }

  /** See {@link Subprocess#lastError}. */
  String lastError() {
    return process.lastError();
  }

  @Override
  public void close() {
    process.close();
  }
}
