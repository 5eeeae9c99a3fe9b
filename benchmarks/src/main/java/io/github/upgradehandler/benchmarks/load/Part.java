package io.github.upgradehandler.benchmarks.load;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** On what a server spends its CPU time. */
public enum Part {
  /** The kernel, reading from sockets. */
  READ("kernel: read", ".*Dispatcher\\.readv?0"),
  /** The kernel, writing to sockets: on the loopback device with much of what receiving costs. */
  WRITE("kernel: write", ".*DispatcherImpl\\.writev?0"),
  /** The kernel, telling which sockets are ready. */
  POLL("kernel: epoll", "sun/nio/ch/EPoll\\..*"),
  /** The kernel, handing over from one thread to another. */
  THREADS(
      "kernel: threads that wake others and wait (futex, eventfd)",
      ".*(Unsafe\\.(un)?park|EventFD\\.set0|wakeup|clearInterrupt|IOUtil\\.drain)"),
  /** The kernel, opening and closing connections. */
  CONNECTIONS(
      "kernel: accept, shutdown, close, options",
      ".*(sun/nio/ch/Net\\..*|close0|IOUtil\\.configureBlocking)"),
  /** The kernel, anything else. */
  OTHER_CALLS("kernel: other"),
  /** The JVM's compilers. */
  COMPILER("the JVM's compilers"),
  /** The JVM: garbage collection and other. */
  JVM("the JVM otherwise"),
  /** The container's code, with what it calls of the JDK. */
  CONTAINER("container"),
  /** This library's code, with what it calls of the JDK. */
  LIBRARY("this library"),
  /** The application's code, with what it calls of the JDK. */
  APPLICATION("application");

  /** How the name of a kernel's function ends. */
  static final String KERNEL = "_[k]";

  private static final Pattern JAVA =
      Pattern.compile("(java|javax|jdk|sun|io|org|jakarta)/.*\\..*");
  private static final Pattern JDK = Pattern.compile("(java|javax|jdk|sun)/.*");
  private static final String NOTHING = "(?!)";

  private final String title;
  private final Pattern callers;

  Part(String title) {
    this(title, NOTHING);
  }

  /**
   * A part of the kernel.
   *
   * @param callers the methods of the JDK that call it
   */
  Part(String title, String callers) {
    this.title = title;
    this.callers = Pattern.compile(callers);
  }

  /** The name for people. */
  public String title() {
    return title;
  }

  /**
   * Of a stack.
   *
   * @param frames as async-profiler names them, the thread first
   */
  static Part of(List<String> frames) {
    List<String> java = frames.stream().filter(frame -> JAVA.matcher(frame).matches()).toList();
    if (java.isEmpty()) {
      return frames.get(0).contains("CompilerThre") ? COMPILER : JVM;
    }
    return frames.stream().anyMatch(frame -> frame.endsWith(KERNEL))
        ? call(java.get(java.size() - 1))
        : code(java);
  }

  private static Part call(String caller) {
    return Stream.of(values())
        .filter(part -> part.callers.matcher(caller).matches())
        .findFirst()
        .orElse(OTHER_CALLS);
  }

  private static Part code(List<String> java) {
    for (int i = java.size() - 1; i >= 0; i--) {
      String frame = java.get(i);
      if (frame.startsWith("io/github/upgradehandler/benchmarks/")) {
        return APPLICATION;
      } else if (frame.startsWith("io/github/upgradehandler/")) {
        return LIBRARY;
      } else if (!JDK.matcher(frame).matches()) {
        return CONTAINER;
      }
    }
    return CONTAINER; // its thread pool is the JDK's
  }
}
