package io.github.upgradehandler.internal.work;

import io.github.upgradehandler.testing.Await;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.net.URLClassLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;

/** The JDK does not keep the class loader of the record whose methods it has made last. */
class RecordMethodsTest {

  /** Of an application. */
  record Name(String text) {}

  /** Uses its methods for the first time; loaded by a class loader of its own. */
  public record User(Name name, int age) implements Runnable {

    public User() {
      this(new Name("ann"), 30);
    }

    @Override
    public void run() {
      User same = new User(new Name("ann"), 30);
      if (!equals(same) || hashCode() != same.hashCode() || !toString().equals(same.toString())) {
        throw new AssertionError(same);
      }
    }
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_19, disabledReason = "later ones keep them softly")
  void the_class_loader_of_the_last_record_is_collected() throws Exception {
    WeakReference<ClassLoader> loader = use();
    RecordMethods.forgetLast();
    Await.until(
        "the class loader is collected",
        () -> {
          System.gc();
          return loader.get() == null;
        });
  }

  private static WeakReference<ClassLoader> use() throws Exception {
    URL classes = User.class.getProtectionDomain().getCodeSource().getLocation();
    try (URLClassLoader loader =
        new URLClassLoader(new URL[] {classes}, ClassLoader.getPlatformClassLoader())) {
      Class<?> user = loader.loadClass(User.class.getName());
      ((Runnable) user.getConstructor().newInstance()).run();
      return new WeakReference<>(loader);
    }
  }
}
