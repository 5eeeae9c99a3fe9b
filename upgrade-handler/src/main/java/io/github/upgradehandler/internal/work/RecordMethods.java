package io.github.upgradehandler.internal.work;

import static java.lang.System.Logger.Level.DEBUG;

import io.github.upgradehandler.internal.log.Log;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.runtime.ObjectMethods;

/**
 * What JDK 17 remembers of records. {@link ObjectMethods} keeps the types of the last record whose
 * {@code equals}, {@code hashCode} or {@code toString} it has made, strongly and until it makes
 * those of another: with them the class loader of an application that is undeployed. Later versions
 * keep them softly.
 */
public final class RecordMethods {

  private RecordMethods() {}

  /** Has the JDK remember a class of its own instead. Thread-safe. */
  public static void forgetLast() {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    try {
      MethodHandle component =
          lookup.findVirtual(Integer.class, "toString", MethodType.methodType(String.class));
      for (String method : new String[] {"equals", "hashCode", "toString"}) {
        ObjectMethods.bootstrap(
            lookup, method, MethodHandle.class, Integer.class, "component", component);
      }
    } catch (Throwable e) {
      Log.LOG.log(
          DEBUG, "the JDK may keep a class loader until it makes the methods of a record", e);
    }
  }
}
