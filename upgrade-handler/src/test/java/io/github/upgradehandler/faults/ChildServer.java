package io.github.upgradehandler.faults;

import io.github.upgradehandler.servlet.RunningServer;
import io.github.upgradehandler.servlet.WebSocketServlet;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A server in a process of its own, for {@link ServerProcess}: answers each line of its input with
 * one of output, and ends with its input.
 */
public final class ChildServer {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private ChildServer() {}

  /**
   * Starts a server, and prints the port.
   *
   * @param args the {@link Container}, the servlet's class, and init-params as {@code name=value}
   */
  public static void main(String[] args) throws Exception {
    WebSocketServlet servlet =
        Class.forName(args[1])
            .asSubclass(WebSocketServlet.class)
            .getDeclaredConstructor()
            .newInstance();
    Map<String, String> options =
        Arrays.stream(args, 2, args.length)
            .map(option -> option.split("=", 2))
            .collect(Collectors.toMap(option -> option[0], option -> option[1]));
    try (RunningServer server = Container.valueOf(args[0]).start(servlet, options)) {
      System.out.println(server.port());
      BufferedReader questions =
          new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
      for (String line = questions.readLine(); line != null; line = questions.readLine()) {
        System.out.println(answer(ServerProcess.Question.valueOf(line), server, servlet));
      }
    }
  }

  private static Object answer(
      ServerProcess.Question question, RunningServer server, WebSocketServlet servlet)
      throws IOException {
    return switch (question) {
      case OPEN_CONNECTIONS -> server.openConnections();
      case PLATFORM_THREADS -> THREADS.getThreadCount();
      case MOST_THREADS -> THREADS.getPeakThreadCount() + nativeThreads();
      case JAVA_FEATURE -> Runtime.version().feature();
      case HEAP -> LeakCheck.heapAfterCollecting();
      case ENDED -> ((SilentServlet) servlet).ended();
      case RELEASE -> ((SilentServlet) servlet).release();
    };
  }

  /** Those that the virtual machine has for itself, which count for the operating system too. */
  private static long nativeThreads() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/self/task"))) {
      return Math.max(0, all.count() - THREADS.getThreadCount());
    }
  }
}
