package io.github.upgradehandler.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/**
 * CPU time by the kernel's account.
 *
 * @param server of the server's processes, in microseconds
 * @param client of this process
 * @param machine of all processes, interrupts and the hypervisor
 */
public record CpuTimes(long server, long client, long machine) {

  /** {@code USER_HZ}, 100 on every Linux that Java runs on. */
  private static final long MICROS_PER_TICK = 10_000;

  /** So far, of all those servers together. */
  public static CpuTimes of(long... servers) {
    long server = LongStream.of(servers).map(CpuTimes::process).sum();
    return new CpuTimes(server, process(ProcessHandle.current().pid()), everything());
  }

  /** What was used after that. */
  public CpuTimes since(CpuTimes before) {
    return new CpuTimes(server - before.server, client - before.client, machine - before.machine);
  }

  /** What neither the server nor the client used. */
  long others() {
    return Math.max(0, machine - server - client);
  }

  /** See proc_pid_stat(5): fields 14 and 15. */
  private static long process(long pid) {
    String stat = read(Path.of("/proc", Long.toString(pid), "stat"));
    // The second field is the name, which may hold blanks.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) * MICROS_PER_TICK;
  }

  /** See proc_stat(5): user, nice, system, irq, softirq, steal. */
  private static long everything() {
    String line = read(Path.of("/proc/stat")).lines().findFirst().orElseThrow();
    List<String> fields = Arrays.asList(line.trim().split(" +", -1));
    long ticks = 0;
    for (int field : new int[] {1, 2, 3, 6, 7, 8}) {
      ticks += Long.parseLong(fields.get(field));
    }
    return ticks * MICROS_PER_TICK;
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new LoadException("cannot read " + file + ": " + e.getMessage(), e);
    }
  }
}
