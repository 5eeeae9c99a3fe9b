package io.github.upgradehandler.benchmarks.load;

import java.util.List;
import java.util.regex.Pattern;

/** On what a server spends its CPU time. */
public enum Part {
  /** The kernel, reading from sockets. */
  READ("kernel: read"),
  /** The kernel, writing to sockets: on the loopback device with much of what receiving costs. */
  WRITE("kernel: write"),
  /** The kernel, telling which sockets are ready. */
  POLL("kernel: epoll"),
  /** The kernel, handing over from one thread to another. */
  THREADS("kernel: threads that wake others and wait (futex, eventfd)"),
  /** The kernel, opening and closing connections. */
  CONNECTIONS("kernel: accept, shutdown, close, options"),
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

  private static final String KERNEL = "_[k]";
  private static final Pattern JAVA =
      Pattern.compile("(java|javax|jdk|sun|io|org|jakarta)/.*\\..*");
  private static final Pattern JDK = Pattern.compile("(java|javax|jdk|sun)/.*");
  private static final Pattern WRITING = Pattern.compile(".*DispatcherImpl\\.writev?0");
  private static final Pattern READING = Pattern.compile(".*Dispatcher\\.readv?0");
  private static final Pattern POLLING = Pattern.compile("sun/nio/ch/EPoll\\..*");
  private static final Pattern WAKING =
      Pattern.compile(".*(Unsafe\\.(un)?park|EventFD\\.set0|wakeup|clearInterrupt|IOUtil\\.drain)");
  private static final Pattern CONNECTING =
      Pattern.compile(".*(sun/nio/ch/Net\\..*|close0|IOUtil\\.configureBlocking)");

  private final String title;

  Part(String title) {
    this.title = title;
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
    if (WRITING.matcher(caller).matches()) {
      return WRITE;
    } else if (READING.matcher(caller).matches()) {
      return READ;
    } else if (POLLING.matcher(caller).matches()) {
      return POLL;
    } else if (WAKING.matcher(caller).matches()) {
      return THREADS;
    }
    return CONNECTING.matcher(caller).matches() ? CONNECTIONS : OTHER_CALLS;
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
