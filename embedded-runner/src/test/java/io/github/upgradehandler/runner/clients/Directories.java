package io.github.upgradehandler.runner.clients;

import java.nio.file.Path;

/** Where things are, whatever directory the tests are started in. */
final class Directories {

  /** Maven sets the property; an IDE starts tests in the module's directory. */
  static final Path MODULE = Path.of(System.getProperty("basedir", "")).toAbsolutePath();

  static final Path TARGET = MODULE.resolve("target");

  private Directories() {}
}
