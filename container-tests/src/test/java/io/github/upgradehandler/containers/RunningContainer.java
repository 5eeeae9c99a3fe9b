package io.github.upgradehandler.containers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A container that serves the WARs of {@link War#served}. */
public final class RunningContainer implements AutoCloseable {

  private static final Duration TO_START = Duration.ofMinutes(2);
  private static final Duration TO_DEPLOY = Duration.ofSeconds(45);
  private static final Duration TO_UNDEPLOY = Duration.ofSeconds(30);
  private static final int SHOWN_LINES = 80;

  private final Container container;
  private final Place place;
  private final Process process;
  private List<String> startLog = List.of();

  private RunningContainer(Container container, Place place, Process process) {
    this.container = container;
    this.place = place;
    this.process = process;
  }

  /** Starts it and waits until it serves the pages. */
  static RunningContainer start(Container container) throws Exception {
    return start(container, Map.of());
  }

  /** The same with environment variables. */
  static RunningContainer start(Container container, Map<String, String> environment)
      throws Exception {
    Place place = Place.of(container.id(), environment);
    RunningContainer running =
        new RunningContainer(container, place, container.server().start(place));
    try {
      for (War war : War.served()) {
        running.awaitServed(war, TO_START);
      }
      running.startLog = running.log();
      return running;
    } catch (AssertionError e) {
      running.close();
      throw new AssertionError(running.output(), e);
    }
  }

  private void awaitServed(War war, Duration limit) {
    Waiting.until(container + " serves " + war, limit, () -> page(war) == 200);
  }

  /** The status of a WAR's page, 0 if nobody answers. */
  private int page(War war) {
    if (!process.isAlive()) {
      throw new AssertionError(container + " ended with " + process.exitValue());
    }
    try {
      HttpURLConnection connection = (HttpURLConnection) uri(war, "").toURL().openConnection();
      connection.setConnectTimeout(1000);
      connection.setReadTimeout(5000);
      try {
        return connection.getResponseCode();
      } finally {
        connection.disconnect();
      }
    } catch (IOException e) {
      return 0;
    }
  }

  /** An address of the sample. */
  public URI uri(String path) {
    return uri(War.SAMPLE_WEBAPP, path);
  }

  public URI uri(War war, String path) {
    return uri("http", place.port(), war, path);
  }

  /** An address of the sample over TLS. */
  public URI secureUri(String path) {
    return uri("https", place.securePort(), War.SAMPLE_WEBAPP, path);
  }

  private static URI uri(String scheme, int port, War war, String path) {
    return URI.create(scheme + "://127.0.0.1:" + port + "/" + war.context() + "/" + path);
  }

  /** Asks the container to take in one more WAR. */
  public void deploy(War war) throws Exception {
    container.server().deploy(place, process, war);
  }

  /** The same, and waits until it is served. */
  void deployAndAwait(War war) throws Exception {
    deploy(war);
    awaitServed(war, TO_DEPLOY);
  }

  /** What its JVM answers to a command of {@code jcmd}, line by line. */
  List<String> diagnose(String... command) {
    long jvm =
        Stream.concat(process.descendants(), Stream.of(process.toHandle()))
            .filter(handle -> handle.info().command().orElse("").endsWith("/java"))
            .findFirst()
            .orElseThrow()
            .pid();
    List<String> line = new ArrayList<>(List.of(Jdk.own().resolve("bin/jcmd").toString()));
    line.add(Long.toString(jvm));
    line.addAll(List.of(command));
    try {
      Process jcmd = new ProcessBuilder(line).redirectErrorStream(true).start();
      return new String(jcmd.getInputStream().readAllBytes(), UTF_8).lines().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it had written when it served all. */
  public List<String> startLog() {
    return startLog;
  }

  /** Waits until a line that it has written contains a text. */
  public void awaitLogged(String text) {
    Waiting.until(
        container + " logs " + text,
        TO_DEPLOY,
        () -> log().stream().anyMatch(line -> line.contains(text)));
  }

  /** What it has written so far, in an encoding of its own. */
  private List<String> log() {
    try {
      return Arrays.asList(new String(Files.readAllBytes(place.log()), UTF_8).split("\n"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Asks the container to take away one WAR. */
  public void undeploy(War war) throws Exception {
    container.server().undeploy(place, process, war);
  }

  /** Waits until the WAR is not served, nor anything else in its place. */
  public void awaitUndeployed(War war) {
    Waiting.until(container + " serves no " + war, TO_UNDEPLOY, () -> page(war) == 404);
  }

  /** Asks the container to stop. */
  public void stop() throws Exception {
    container.server().stop(place, process);
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

  /** Where a test may write about this container. */
  public Path directory() {
    return place.directory();
  }

  /** The end of what the container wrote. */
  String output() {
    List<String> lines = log();
    int from = Math.max(0, lines.size() - SHOWN_LINES);
    return "output of "
        + container
        + ", all in "
        + place.log()
        + ":\n"
        + String.join("\n", lines.subList(from, lines.size()));
  }

  @Override
  public void close() {
    process.descendants().forEach(ProcessHandle::destroyForcibly);
    process.destroyForcibly();
  }
}
