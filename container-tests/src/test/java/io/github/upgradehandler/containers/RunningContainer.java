package io.github.upgradehandler.containers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A container that serves the sample. */
public final class RunningContainer implements AutoCloseable {

  private static final Duration TO_START = Duration.ofSeconds(90);
  private static final int SHOWN_LINES = 80;

  private final Container container;
  private final Place place;
  private final Process process;

  private RunningContainer(Container container, Place place, Process process) {
    this.container = container;
    this.place = place;
    this.process = process;
  }

  /** Starts it and waits until it serves the sample's page. */
  static RunningContainer start(Container container) throws Exception {
    Path directory = Path.of("target", "running", container.id()).toAbsolutePath();
    delete(directory);
    Files.createDirectories(directory);
    Place place = new Place(directory, Place.freePort());
    RunningContainer running =
        new RunningContainer(container, place, container.launcher().start(place));
    try {
      Waiting.until(container + " serves", TO_START, running::serves);
      return running;
    } catch (AssertionError e) {
      running.close();
      throw new AssertionError(running.output(), e);
    }
  }

  private boolean serves() {
    if (!process.isAlive()) {
      throw new AssertionError(container + " ended with " + process.exitValue());
    }
    try {
      HttpURLConnection connection = (HttpURLConnection) uri("").toURL().openConnection();
      connection.setConnectTimeout(1000);
      connection.setReadTimeout(5000);
      try {
        return connection.getResponseCode() == 200;
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return false; // not yet
    }
  }

  Container container() {
    return container;
  }

  /** An address of the sample. */
  public URI uri(String path) {
    return URI.create("http://127.0.0.1:" + place.port() + Place.CONTEXT + "/" + path);
  }

  /** Asks the container to stop, as an administrator or the operating system does. */
  public void stop() {
    List<ProcessHandle> children = process.descendants().toList();
    // A start script may wait for the JVM and pass nothing on.
    if (children.isEmpty()) {
      process.destroy();
    } else {
      children.forEach(ProcessHandle::destroy);
    }
  }

  /** What the container has used of the processors so far. */
  public Duration processorTime() {
    return Stream.concat(Stream.of(process.toHandle()), process.descendants())
        .map(handle -> handle.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  public void awaitEnd(Duration limit) throws InterruptedException {
    if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new AssertionError(container + " did not end within " + limit);
    }
  }

  /** The end of what the container wrote. */
  String output() {
    try {
      List<String> lines = Files.readAllLines(place.log(), UTF_8);
      int from = Math.max(0, lines.size() - SHOWN_LINES);
      return "output of "
          + container
          + ", all in "
          + place.log()
          + ":\n"
          + String.join("\n", lines.subList(from, lines.size()));
    } catch (IOException e) {
      return "no output of " + container + ": " + e;
    }
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }

  private static void delete(Path directory) throws IOException {
    if (Files.exists(directory)) {
      try (Stream<Path> entries = Files.walk(directory)) {
        for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(entry);
        }
      }
    }
  }
}
