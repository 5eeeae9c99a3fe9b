package io.github.upgradehandler.benchmarks;

import io.github.upgradehandler.benchmarks.micro.MaskingBenchmark;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.CommandLineOptionException;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/** Single parts of the library, by JMH, with what they allocate. */
@Command(
    name = "micro",
    description = "Measures single parts by JMH; takes JMH's own options, such as a name or -f 1.")
final class MicroCommand implements Callable<Integer> {

  @Unmatched private List<String> arguments = new ArrayList<>();

  @Override
  public Integer call() throws CommandLineOptionException, RunnerException {
    CommandLineOptions given = new CommandLineOptions(arguments.toArray(String[]::new));
    OptionsBuilder options = new OptionsBuilder();
    options.parent(given).addProfiler(GCProfiler.class);
    if (given.getIncludes().isEmpty()) {
      options.include(MaskingBenchmark.class.getPackageName());
    }
    if (!given.getForkCount().hasValue()) {
      options.forks(2);
    }
    if (!given.getWarmupIterations().hasValue()) {
      options.warmupIterations(3).warmupTime(TimeValue.seconds(1));
    }
    if (!given.getMeasurementIterations().hasValue()) {
      options.measurementIterations(5).measurementTime(TimeValue.seconds(1));
    }
    Runner runner = new Runner(options.build());
    if (given.shouldList()) {
      runner.list();
    } else {
      runner.run();
    }
    return 0;
  }
}
