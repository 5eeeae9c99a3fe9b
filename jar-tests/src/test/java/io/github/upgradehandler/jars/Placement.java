package io.github.upgradehandler.jars;

import java.nio.file.Path;
import java.util.List;

/** Where javac and java find the jars. */
enum Placement {
  /** The application is a module as well. */
  MODULE_PATH("--module-path") {
    @Override
    boolean takes(Path source) {
      return true;
    }

    @Override
    List<String> launched(String module, String mainClass) {
      return List.of("--module", module + '/' + mainClass);
    }
  },

  /** Without descriptors, all is one unnamed module. */
  CLASS_PATH("--class-path") {
    @Override
    boolean takes(Path source) {
      return !source.endsWith("module-info.java");
    }

    @Override
    List<String> launched(String module, String mainClass) {
      return List.of(mainClass);
    }
  };

  private final String option;

  Placement(String option) {
    this.option = option;
  }

  /** The option of javac and java that a path follows. */
  String option() {
    return option;
  }

  abstract boolean takes(Path source);

  /** How java is told what to run. */
  abstract List<String> launched(String module, String mainClass);
}
