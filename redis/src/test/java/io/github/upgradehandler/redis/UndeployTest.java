package io.github.upgradehandler.redis;

import java.lang.ref.WeakReference;
import java.net.URLClassLoader;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** An application that is undeployed leaves neither a thread nor its class loader. */
@Tag("external")
class UndeployTest {

  private static final int TIMES = 3;

  @Test
  void neither_a_thread_nor_the_class_loader_stays() throws Exception {
    try (RedisServer server = RedisServer.run()) {
      for (int i = 0; i < TIMES; i++) {
        Set<Thread> before = threads(thread -> true);
        WeakReference<ClassLoader> loader = use(server.uri(), before);
        Patience.until(
            () -> "the class loader is collected",
            () -> {
              System.gc();
              return loader.get() == null;
            });
      }
    }
  }

  private static WeakReference<ClassLoader> use(String uri, Set<Thread> before) throws Exception {
    Thread current = Thread.currentThread();
    ClassLoader own = current.getContextClassLoader();
    try (URLClassLoader loader = ClassPath.application(entry -> true)) {
      current.setContextClassLoader(loader);
      loader
          .loadClass(UndeployedUse.class.getName())
          .getMethod("run", String.class)
          .invoke(null, uri);
      Patience.until(
          () -> "no thread is left: " + threads(thread -> !before.contains(thread)),
          () -> threads(thread -> isLeft(thread, loader, before)).isEmpty());
      return new WeakReference<>(loader);
    } finally {
      current.setContextClassLoader(own);
    }
  }

  private static boolean isLeft(Thread thread, ClassLoader loader, Set<Thread> before) {
    return !before.contains(thread) && thread.getContextClassLoader() == loader;
  }

  private static Set<Thread> threads(Predicate<Thread> which) {
    return Thread.getAllStackTraces().keySet().stream().filter(which).collect(Collectors.toSet());
  }
}
