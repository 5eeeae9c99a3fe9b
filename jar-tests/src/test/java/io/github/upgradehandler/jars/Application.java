package io.github.upgradehandler.jars;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.tools.Diagnostic;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * An application, with a class {@code Main} in the package that is called as its module.
 *
 * @param sources in a directory that is called as the module
 * @param jars what it is compiled and run with
 * @param directory for what comes of it
 */
record Application(Path sources, List<Path> jars, Placement placement, Path directory) {

  private static final long LIMIT_SECONDS = 60;

  /** Compiles it, and gives what javac says of it; warnings count as errors. */
  List<Diagnostic<? extends JavaFileObject>> compile() throws IOException {
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    DiagnosticCollector<JavaFileObject> diagnostics = new DiagnosticCollector<>();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, UTF_8)) {
      List<String> options =
          List.of(
              "-Werror",
              "-Xlint:all",
              "-proc:none",
              "-d",
              classes().toString(),
              placement.option(),
              path(jars));
      compiler
          .getTask(
              null,
              files,
              diagnostics,
              options,
              null,
              files.getJavaFileObjectsFromPaths(sourceFiles()))
          .call();
    }
    return diagnostics.getDiagnostics();
  }

  private List<Path> sourceFiles() throws IOException {
    try (Stream<Path> files = Files.walk(sources)) {
      return files.filter(Files::isRegularFile).filter(placement::takes).toList();
    }
  }

  /** Runs what was compiled, and gives the lines that it prints. */
  List<String> run() throws IOException, InterruptedException {
    List<Path> all = new ArrayList<>(jars);
    all.add(classes());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add(placement.option());
    command.add(path(all));
    String module = sources.getFileName().toString();
    command.addAll(placement.launched(module, module + ".Main"));
    Path out = directory.resolve("out");
    Path err = directory.resolve("err");
    Process process =
        new ProcessBuilder(command)
            .redirectOutput(out.toFile())
            .redirectError(err.toFile())
            .start();
    boolean ended = process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS);
    process.destroyForcibly();
    String errors = Files.readString(err, UTF_8);
    if (!ended || process.waitFor() != 0 || errors.contains("io.github.upgradehandler")) {
      throw new AssertionError(command + "\n" + Files.readString(out, UTF_8) + errors);
    }
    return Files.readAllLines(out, UTF_8);
  }

  private Path classes() {
    return directory.resolve("classes");
  }

  private static String path(List<Path> entries) {
    return entries.stream().map(Path::toString).collect(joining(File.pathSeparator));
  }
}
