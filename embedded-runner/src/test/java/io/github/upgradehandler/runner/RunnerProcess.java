package io.github.upgradehandler.runner;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** The real jar, run as a process of its own. */
public final class RunnerProcess implements AutoCloseable {
  private static final Path JAR = Path.of("target", "embedded-runner.jar");
  private static final long LIMIT_SECONDS = 30;

  /** A shell has what it runs in the background ignore SIGINT, and all that this starts. */
  private static final List<String> SIGNALS_BY_DEFAULT =
      System.getProperty("os.name").equals("Linux")
          ? List.of("env", "--default-signal=INT")
          : List.of();

  private final Process process;
  private final BlockingQueue<String> out = new LinkedBlockingQueue<>();
  private final CompletableFuture<Void> outEnd;
  private final CompletableFuture<List<String>> err;

  private RunnerProcess(Process process) {
    this.process = process;
    outEnd =
        CompletableFuture.runAsync(
            () -> process.inputReader(UTF_8).lines().forEach(out::add), RunnerProcess::inThread);
    err =
        CompletableFuture.supplyAsync(
            () -> process.errorReader(UTF_8).lines().toList(), RunnerProcess::inThread);
  }

  private static void inThread(Runnable reading) {
    Thread thread = new Thread(reading, "output of the runner");
    thread.setDaemon(true);
    thread.start();
  }

  /**
   * Starts the jar.
   *
   * @param temporary becomes the process's directory for temporary files
   */
  public static RunnerProcess start(Path temporary, String... options) throws IOException {
    return start(temporary, Map.of(), options);
  }

  /**
   * The same with more in its environment.
   *
   * @param temporary becomes the process's directory for temporary files
   */
  public static RunnerProcess start(
      Path temporary, Map<String, String> environment, String... options) throws IOException {
    List<String> command = new ArrayList<>(SIGNALS_BY_DEFAULT);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Djava.io.tmpdir=" + temporary);
    command.add("-jar");
    command.add(JAR.toString());
    command.addAll(List.of(options));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().putAll(environment);
    return new RunnerProcess(builder.start());
  }

  /** The next line of the standard output, waited for. */
  String line() throws Exception {
    String line = out.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    assertThat(line).as("a line of output").isNotNull();
    return line;
  }

  /** The first line of the output: where the WAR is served. */
  public URI uri() throws Exception {
    return URI.create(line());
  }

  /** Writes a line to its standard input. */
  void type(String line) throws IOException {
    process.outputWriter(UTF_8).append(line).append('\n').flush();
  }

  /** Ends its standard input. */
  void endInput() throws IOException {
    process.outputWriter(UTF_8).close();
  }

  /** Ends it in good order, waited for. */
  public void stop() throws Exception {
    signal("TERM");
    exitStatus();
  }

  /** Ends it as a power cut would, waited for. */
  public void kill() throws Exception {
    process.destroyForcibly();
    exitStatus();
  }

  /** Sends it a signal, such as STOP. */
  public void signal(String name) throws Exception {
    Process kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start();
    assertThat(kill.waitFor()).isZero();
  }

  public int exitStatus() throws InterruptedException {
    assertThat(process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)).as("ended").isTrue();
    return process.exitValue();
  }

  /** All of the standard error, once the process has ended. */
  public List<String> err() throws Exception {
    return err.get(LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  /** The rest of the standard output, once the process has ended. */
  List<String> rest() throws Exception {
    outEnd.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    List<String> rest = new ArrayList<>();
    out.drainTo(rest);
    return rest;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
