package io.github.upgradehandler.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import one.profiler.AsyncProfilerLoader;

/** Samples the stacks of another JVM by async-profiler, with the kernel's. */
final class Profiler {

  private static final String INTERVAL = "500us";

  private final String pid;

  Profiler(long pid) {
    this.pid = Long.toString(pid);
  }

  void start() {
    execute("start", "-e", "cpu", "-i", INTERVAL, "-t", pid);
  }

  /** Ends it, and gives a line for each stack: its frames, and how often it was seen. */
  List<String> stop() throws IOException {
    Path file = Files.createTempFile("stacks", ".collapsed");
    execute("stop", "-o", "collapsed", "-f", file.toString(), pid);
    List<String> stacks = Files.readAllLines(file);
    Files.delete(file);
    if (stacks.stream().noneMatch(stack -> stack.contains(Part.KERNEL))) {
      throw new LoadException(
          "no stacks of the kernel: set kernel.perf_event_paranoid to 1 and kernel.kptr_restrict"
              + " to 0");
    }
    return stacks;
  }

  private static void execute(String... arguments) {
    try {
      AsyncProfilerLoader.executeProfiler(arguments);
    } catch (IOException | IllegalStateException e) {
      throw new LoadException("async-profiler: " + e.getMessage(), e);
    }
  }
}
