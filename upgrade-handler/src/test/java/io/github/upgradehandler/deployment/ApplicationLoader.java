package io.github.upgradehandler.deployment;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;

/** Has the library and the tests for itself, as a web application has what is in its WAR. */
final class ApplicationLoader extends URLClassLoader {

  private static final String OWN = "io.github.upgradehandler.";

  ApplicationLoader() throws IOException {
    super(
        new URL[] {
          Path.of("target", "classes").toUri().toURL(),
          Path.of("target", "test-classes").toUri().toURL()
        },
        ApplicationLoader.class.getClassLoader());
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    if (!name.startsWith(OWN)) {
      return super.loadClass(name, resolve);
    }
    synchronized (getClassLoadingLock(name)) {
      Class<?> loaded = findLoadedClass(name);
      return loaded == null ? findClass(name) : loaded;
    }
  }
}
