package io.github.upgradehandler.faults;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.UnixOperatingSystemMXBean;
import io.github.upgradehandler.testing.Await;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.ObjectName;

/** Compares what the process holds before and after a piece of work. */
public final class LeakCheck {

  /** A piece of work. */
  public interface Work {
    void run() throws Exception;
  }

  private static final long HEAP_NOISE = 4 << 20;
  private static final long DIRECT_NOISE = 16 << 20;
  private static final long RESIDENT_NOISE = 64 << 20;
  private static final int CODEC_NOISE = 20;
  private static final int THREAD_NOISE = 20;
  private static final int DESCRIPTOR_NOISE = 20;

  /** A row of the class histogram: number, instances, bytes, class. */
  private static final Pattern CODEC =
      Pattern.compile("\\d+: +(\\d+) +\\d+ +java\\.util\\.zip\\.(?:De|In)flater\\s");

  private final Callable<Integer> openConnections;
  private final long heap;
  private final long direct;
  private final long resident;
  private final int codecs;
  private final int threads;
  private final long descriptors;

  /** Takes stock after a warm-up, which starts threads and fills pools. */
  public LeakCheck(Work warmUp, Callable<Integer> openConnections) throws Exception {
    this.openConnections = openConnections;
    warmUp.run();
    awaitEnd();
    heap = heapAfterCollecting();
    direct = direct();
    resident = resident();
    codecs = codecs();
    threads = threads();
    descriptors = descriptors();
  }

  public void assertNothingIsLeftOf(Work work) throws Exception {
    work.run();
    awaitEnd();
    long heapAfter = heapAfterCollecting();
    long directAfter = direct();
    long residentAfter = resident();
    int codecsAfter = codecs();
    int threadsAfter = threads();
    long descriptorsAfter = descriptors();
    System.out.printf(
        "heap %d -> %d KiB, direct %d -> %d KiB, resident %d -> %d KiB, codecs %d -> %d,"
            + " threads %d -> %d, descriptors %d -> %d%n",
        heap >> 10,
        heapAfter >> 10,
        direct >> 10,
        directAfter >> 10,
        resident >> 10,
        residentAfter >> 10,
        codecs,
        codecsAfter,
        threads,
        threadsAfter,
        descriptors,
        descriptorsAfter);
    assertThat(heapAfter - heap).as("bytes of heap").isLessThan(HEAP_NOISE);
    assertThat(directAfter - direct).as("bytes of direct buffers").isLessThan(DIRECT_NOISE);
    assertThat(residentAfter - resident).as("resident bytes").isLessThan(RESIDENT_NOISE);
    assertThat(codecsAfter - codecs).as("codecs").isLessThan(CODEC_NOISE);
    assertThat(threadsAfter - threads).as("threads").isLessThan(THREAD_NOISE);
    assertThat(descriptorsAfter - descriptors).as("descriptors").isLessThan(DESCRIPTOR_NOISE);
  }

  private void awaitEnd() {
    Await.until("all TCP connections to end", () -> openConnections.call() == 0);
  }

  /** The least of some collections: finalizers and cleaners take turns. */
  /** Bytes in use that no collection frees. */
  public static long heapAfterCollecting() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      least = Math.min(least, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return least;
  }

  /** Native memory of buffers. */
  private static long direct() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  /**
   * Memory of all kinds, that of codecs too, which no counter of the virtual machine has, without
   * what the C library keeps for later. It says something only where the heap has its full size
   * from the start.
   */
  private static long resident() throws IOException, JMException {
    diagnose("systemTrimNativeHeap");
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      String line = lines.filter(each -> each.startsWith("VmRSS:")).findFirst().orElseThrow();
      return Long.parseLong(line.replaceAll("\\D", "")) << 10;
    }
  }

  /** Deflaters and inflaters that are reachable. */
  private static int codecs() throws JMException {
    return CODEC
        .matcher(diagnose("gcClassHistogram", (Object) new String[0]))
        .results()
        .mapToInt(row -> Integer.parseInt(row.group(1)))
        .sum();
  }

  /** Has the virtual machine do what {@code jcmd} can. */
  private static String diagnose(String command, Object... arguments) throws JMException {
    String[] signature = new String[arguments.length];
    Arrays.fill(signature, String[].class.getName());
    Object answer =
        ManagementFactory.getPlatformMBeanServer()
            .invoke(
                new ObjectName("com.sun.management:type=DiagnosticCommand"),
                command,
                arguments,
                signature);
    return answer.toString();
  }

  private static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  private static long descriptors() {
    return ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
        .getOpenFileDescriptorCount();
  }
}
