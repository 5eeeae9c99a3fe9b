package io.github.upgradehandler.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.upgradehandler.servlet.WebSocketServlet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A {@link ChildServer}, seen by the test that started it. */
final class ServerProcess implements AutoCloseable {

  /** What it can be asked. */
  enum Question {
    OPEN_CONNECTIONS,
    /** Threads of the operating system's that run Java, now. */
    PLATFORM_THREADS,
    /** The most threads of the operating system's that it has had. */
    MOST_THREADS,
    /** 17 or later. */
    JAVA_FEATURE,
    /** Bytes, after collecting. */
    HEAP,
    /** Ends that a {@link SilentServlet} was told of. */
    ENDED,
    /** Lets the handlers of a {@link SilentServlet} go on. */
    RELEASE
  }

  /** With the library's 81 they are fewer than many systems allow a user. */
  private static final int CONTAINER_THREADS = 100;

  private final Process process;
  private final BufferedReader output;
  private final int port;

  /** Starts one on the JDK of the tests. */
  ServerProcess(
      Container container, Class<? extends WebSocketServlet> servlet, Map<String, String> options)
      throws IOException {
    this(System.getProperty("java.home"), container, servlet, options);
  }

  ServerProcess(
      String javaHome,
      Container container,
      Class<? extends WebSocketServlet> servlet,
      Map<String, String> options)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(javaHome, "bin", "java").toString());
    command.add("-Xmx1g");
    command.add("-Dsun.nio.ch.internalThreadPoolSize=2"); // for NIO2, see docs/containers.md
    command.add("-Dcontainer.threads=" + CONTAINER_THREADS);
    command.add("-cp");
    command.add(System.getProperty("java.class.path"));
    command.add(ChildServer.class.getName());
    command.add(container.name());
    command.add(servlet.getName());
    options.forEach((name, value) -> command.add(name + "=" + value));
    process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    output = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    port = Math.toIntExact(number());
  }

  int port() {
    return port;
  }

  /** Its answer, which is a number. */
  long ask(Question question) throws IOException {
    process.getOutputStream().write((question.name() + "\n").getBytes(UTF_8));
    process.getOutputStream().flush();
    return number();
  }

  private long number() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new IOException("the server has ended");
    }
    return Long.parseLong(line);
  }

  /** Sends it a signal, by its name. */
  void signal(String name) throws Exception {
    int status =
        new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
    if (status != 0) {
      throw new IOException("kill has failed with " + status);
    }
  }

  /** Waits; true if it has ended meanwhile. */
  boolean endsWithin(long seconds) throws InterruptedException {
    return process.waitFor(seconds, TimeUnit.SECONDS);
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
