package io.github.upgradehandler.redis;

import java.io.File;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Applications with class loaders of their own, as in a container. */
final class ClassPath {

  private ClassPath() {}

  /** With what these tests have, as far as it is accepted, and nothing beside but the JDK. */
  static URLClassLoader application(Predicate<String> accepted) {
    URL[] path =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(accepted)
            .map(ClassPath::url)
            .toArray(URL[]::new);
    return new URLClassLoader(path, ClassLoader.getPlatformClassLoader());
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
