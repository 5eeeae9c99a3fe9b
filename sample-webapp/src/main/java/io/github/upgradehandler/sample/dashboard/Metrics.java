package io.github.upgradehandler.sample.dashboard;

import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.lang.management.ThreadMXBean;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ThreadLocalRandom;

/** What the JVM says of itself, and a figure made up, by names that the page knows. */
final class Metrics {

  private final OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
  private final ThreadMXBean threads = ManagementFactory.getThreadMXBean();

  private double rate = 500;

  Map<String, Double> read() {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    // Wanders about, and is drawn back to where it began.
    rate = Math.max(0, rate + random.nextGaussian() * 25 + (500 - rate) * 0.02);
    Map<String, Double> values = new TreeMap<>();
    Runtime runtime = Runtime.getRuntime();
    values.put("rate", (double) Math.round(rate));
    values.put("heap", rounded((runtime.totalMemory() - runtime.freeMemory()) / 1048576.0));
    values.put("threads", (double) threads.getThreadCount());
    values.put("load", rounded(Math.max(0, system.getSystemLoadAverage())));
    long collections = 0;
    for (GarbageCollectorMXBean collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      collections += Math.max(0, collector.getCollectionCount());
    }
    values.put("collections", (double) collections);
    values.put("uptime", Math.floor(ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0));
    return values;
  }

  private static double rounded(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
