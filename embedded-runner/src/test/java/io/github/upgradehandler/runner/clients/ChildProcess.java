package io.github.upgradehandler.runner.clients;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;

/** A process of our own making: what it prints is read line by line and kept for the report. */
final class ChildProcess implements AutoCloseable {

  private static final Duration STOP_LIMIT = Duration.ofSeconds(20);

  private final String command;
  private final Process process;
  private final Queue<String> output = new ConcurrentLinkedQueue<>();
  private final Thread reader;

  private ChildProcess(ProcessBuilder builder, BiConsumer<ChildProcess, String> onLine)
      throws IOException {
    command = String.join(" ", builder.command());
    process = builder.redirectErrorStream(true).start();
    reader = new Thread(() -> read(onLine), "output of " + command);
    reader.setDaemon(true);
  }

  /**
   * Starts it.
   *
   * @param onLine gets each line with the process that printed it, on a thread of its own; if it
   *     throws, the process is killed
   */
  static ChildProcess start(ProcessBuilder builder, BiConsumer<ChildProcess, String> onLine) {
    try {
      ChildProcess child = new ChildProcess(builder, onLine);
      child.reader.start();
      return child;
    } catch (IOException e) {
      throw new UncheckedIOException("could not start " + builder.command(), e);
    }
  }

  private void read(BiConsumer<ChildProcess, String> onLine) {
    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        output.add(line);
        onLine.accept(this, line);
      }
    } catch (IOException | RuntimeException | AssertionError e) {
      output.add(e.toString());
      process.destroyForcibly();
    }
  }

  /** Writes a line to its standard input. */
  void write(String line) {
    PrintWriter writer = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
    writer.println(line);
  }

  /** Waits until it has ended with status 0, and fails with all it printed if it does not. */
  void awaitSuccess(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      kill();
      throw new AssertionError(command + " took over " + limit + "\n" + output());
    }
    reader.join(STOP_LIMIT.toMillis());
    if (process.exitValue() != 0) {
      throw new AssertionError(command + " ended with " + process.exitValue() + "\n" + output());
    }
  }

  boolean isAlive() {
    return process.isAlive();
  }

  String output() {
    return String.join("\n", output);
  }

  /** Asks it to end, and waits until it has. */
  void stop() {
    process.destroy();
    awaitEnd();
  }

  /** Ends it and its descendants without asking. */
  void kill() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
    awaitEnd();
  }

  private void awaitEnd() {
    try {
      if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(command + " does not end\n" + output);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
