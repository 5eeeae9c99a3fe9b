package io.github.upgradehandler.benchmarks.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A process that answers questions with numbers, see {@link
 * io.github.upgradehandler.benchmarks.server.Supervision}.
 */
public final class Subprocess implements AutoCloseable {

  private final Process process;
  private final BufferedReader answers;
  private final Writer commands;
  private final Path errors;

  private Subprocess(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    answers = process.inputReader(StandardCharsets.UTF_8);
    commands = process.outputWriter(StandardCharsets.UTF_8);
  }

  /** Starts it. */
  public static Subprocess start(List<String> command) throws IOException {
    Path errors = Files.createTempFile("process", ".log");
    return new Subprocess(
        new ProcessBuilder(command).redirectError(errors.toFile()).start(), errors);
  }

  /** Its number among the system's processes. */
  public long pid() {
    return process.pid();
  }

  /** Asks, and waits for the answer. */
  public long ask(String question) throws IOException {
    commands.write(question + "\n");
    commands.flush();
    return answer(question);
  }

  /** Waits for something that it tells by itself, or was asked for. */
  long answer(String name) throws IOException {
    @Nullable String line = answers.readLine();
    while (line != null && !line.startsWith(name + " ")) {
      line = answers.readLine();
    }
    if (line == null) {
      throw new LoadException("no " + name + " of the process" + lastError());
    }
    return Long.parseLong(line.substring(name.length() + 1));
  }

  /** The first that it complained about, for error messages. */
  public String lastError() {
    try {
      return Files.readString(errors)
          .lines()
          .filter(line -> line.contains("Exception") || line.contains("Error"))
          .findFirst()
          .map(line -> "; it says: " + line.strip())
          .orElse("");
    } catch (IOException e) {
      return "";
    }
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
}
