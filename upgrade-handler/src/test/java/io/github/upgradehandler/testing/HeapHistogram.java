package io.github.upgradehandler.testing;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * How many objects of each class are reachable, and their bytes: as {@code jcmd GC.class_histogram}
 * tells, whatever the garbage collector.
 */
public final class HeapHistogram {

  /** Classes with fewer objects are left out, so that a histogram itself is small. */
  private static final int FEW = 100;

  private record Objects(long count, long bytes) {}

  private final Map<String, Objects> byClass;

  private HeapHistogram(Map<String, Objects> byClass) {
    this.byClass = byClass;
  }

  /** Collects the garbage first. */
  public static HeapHistogram now() {
    String table;
    try {
      table =
          (String)
              ManagementFactory.getPlatformMBeanServer()
                  .invoke(
                      new ObjectName("com.sun.management:type=DiagnosticCommand"),
                      "gcClassHistogram",
                      new Object[] {new String[0]},
                      new String[] {String[].class.getName()});
    } catch (JMException e) {
      throw new AssertionError(e);
    }
    // Lines such as "   1:  12345  67890  java.lang.String (java.base@17)"
    Map<String, Objects> counted =
        table
            .lines()
            .map(line -> line.strip().split("\\s+"))
            .filter(words -> words.length >= 4 && words[0].endsWith(":"))
            .filter(words -> Long.parseLong(words[1]) >= FEW)
            .collect(
                Collectors.toMap(
                    words -> words[3],
                    words -> new Objects(Long.parseLong(words[1]), Long.parseLong(words[2])),
                    // Two class loaders may have a class of one name.
                    (one, other) -> new Objects(one.count + other.count, one.bytes + other.bytes)));
    return new HeapHistogram(counted);
  }

  /** Whether a reference takes 4 bytes, as it does below 32 GB of heap with most collectors. */
  public static boolean hasCompressedReferences() {
    return Boolean.parseBoolean(
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .getVMOption("UseCompressedOops")
            .getValue());
  }

  /** What has come since. */
  public HeapHistogram minus(HeapHistogram before) {
    Map<String, Objects> come = new TreeMap<>();
    byClass.forEach(
        (name, now) -> {
          Objects then = before.byClass.getOrDefault(name, new Objects(0, 0));
          come.put(name, new Objects(now.count - then.count, now.bytes - then.bytes));
        });
    return new HeapHistogram(come);
  }

  /**
   * What each of several equal things has of it, which are to be thousands. What not every one has
   * is left out: tables that have grown, and what other threads have made meanwhile.
   */
  public HeapHistogram dividedBy(int things) {
    Map<String, Objects> each = new TreeMap<>();
    byClass.forEach(
        (name, all) -> {
          long count = Math.round((double) all.count / things);
          if (count > 0) {
            each.put(name, new Objects(count, Math.round((double) all.bytes * count / all.count)));
          }
        });
    return new HeapHistogram(each);
  }

  /** The bytes of all objects. */
  public long bytes() {
    return byClass.values().stream().mapToLong(Objects::bytes).sum();
  }

  @Override
  public String toString() {
    return byClass.entrySet().stream()
        .map(e -> e.getValue().count + " x " + e.getKey() + ": " + e.getValue().bytes)
        .collect(Collectors.joining(System.lineSeparator()));
  }
}
