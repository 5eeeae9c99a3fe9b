package io.github.upgradehandler.runner;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;

/**
 * Serves the sample, or a WAR of one's own, until SIGTERM or SIGINT.
 *
 * <p>{@code connect} is a client at the terminal instead, see its {@code --help}.
 *
 * <p>Exit status: 0 after a signal, {@code --help} and {@code --version}; 1 if the server could not
 * start; 2 for a wrong option.
 */
public final class Main {

  private Main() {}

  /**
   * The command.
   *
   * @param args the options; {@code --help} tells them
   */
  public static void main(String[] args) {
    LogFormat.install();
    int status = commandLine().execute(args);
    if (status != ExitCode.OK) {
      System.exit(status);
    }
  }

  private static CommandLine commandLine() {
    CommandLine commandLine = new CommandLine(new RunnerCommand());
    commandLine.setParameterExceptionHandler(
        (failure, arguments) -> fail(commandLine, failure, ExitCode.USAGE));
    commandLine.setExecutionExceptionHandler(
        (failure, command, result) -> {
          if (failure instanceof StartException) {
            return fail(commandLine, failure, ExitCode.SOFTWARE);
          }
          throw failure;
        });
    return commandLine;
  }

  private static int fail(CommandLine commandLine, Exception failure, int status) {
    PrintWriter err = commandLine.getErr();
    String line = String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    err.println(commandLine.getCommandName() + ": " + line);
    err.flush();
    return status;
  }
}
