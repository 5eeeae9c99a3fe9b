package io.github.upgradehandler.benchmarks.load;

import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command of a JVM, the same for all that is compared. */
public final class JavaCommand {

  private JavaCommand() {}

  /**
   * The command, to which arguments may be added.
   *
   * @param jar benchmarks.jar
   * @param heapGiB all of it from the start
   * @param libraries directories of jars beside it
   */
  public static List<String> of(Path jar, int heapGiB, List<String> libraries, String mainClass) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(ServerSetup.flags(heapGiB));
    StringBuilder classPath = new StringBuilder(jar.toString());
    for (String library : libraries) {
      Path directory = jar.resolveSibling("servers").resolve(library);
      classPath.append(File.pathSeparator).append(directory).append("/*");
    }
    command.addAll(List.of("-cp", classPath.toString(), mainClass));
    return command;
  }
}
