package io.github.upgradehandler.benchmarks.server;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * How a process talks with the one that started it: it answers questions, a line each, with
 * numbers, and ends with its standard input. A server tells its port first, answers {@code heap}
 * with the bytes that live objects take, and {@code stop} with the milliseconds that stopping took.
 */
public final class Supervision {

  private Supervision() {}

  /** Takes a server out of service. */
  interface Stop {
    void run() throws Exception;
  }

  static void serve(int port, Stop stop) throws Exception {
    System.out.println("port " + port);
    answer(
        Map.of(
            "heap",
            LiveHeap::bytes,
            "stop",
            () -> {
              long begin = System.nanoTime();
              stop.run();
              return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begin);
            }));
  }

  /** Answers until the input ends, and ends the process then. */
  public static void answer(Map<String, Callable<Long>> questions) throws Exception {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      Callable<Long> question = questions.get(line);
      if (question == null) {
        throw new IllegalArgumentException("no question '" + line + "'");
      }
      System.out.println(line + " " + question.call());
    }
    Runtime.getRuntime().halt(0);
  }
}
