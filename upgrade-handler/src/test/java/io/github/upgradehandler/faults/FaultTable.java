package io.github.upgradehandler.faults;

import java.io.IOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Writes down which fault was survived by which container, in {@code target/faults.md}, and prints
 * it. A fault without a test stands there as open.
 */
final class FaultTable implements InvocationInterceptor {

  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(FaultTable.class);

  /** Written when all tests have run. */
  private static final class Results implements AutoCloseable {
    private final Map<Fault, Map<Container, String>> rows = new EnumMap<>(Fault.class);

    synchronized void add(Fault fault, Container container, boolean survived) {
      rows.computeIfAbsent(fault, key -> new EnumMap<>(Container.class))
          .merge(container, survived ? "green" : "RED", Results::worse);
    }

    private static String worse(String before, String now) {
      return before.equals("RED") ? before : now;
    }

    @Override
    public synchronized void close() throws IOException {
      StringBuilder table = new StringBuilder("| id | fault |");
      for (Container container : Container.values()) {
        table.append(' ').append(container).append(" |");
      }
      table.append("\n|---|---|").append("---|".repeat(Container.values().length)).append('\n');
      for (Fault fault : Fault.values()) {
        Map<Container, String> row = rows.getOrDefault(fault, Map.of());
        table.append("| %s | %s |".formatted(fault, fault.description()));
        table.append(
            Stream.of(Container.values())
                .map(
                    container ->
                        " "
                            + row.getOrDefault(container, container.isSecure() ? "" : "open")
                            + " |")
                .collect(Collectors.joining()));
        table.append('\n');
      }
      Files.writeString(Path.of("target", "faults.md"), table);
      System.out.print(table);
    }
  }

  @Override
  public void interceptTestMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    record(invocation, method, context);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    record(invocation, method, context);
  }

  private static void record(
      Invocation<Void> invocation,
      ReflectiveInvocationContext<Method> method,
      ExtensionContext context)
      throws Throwable {
    Fault fault =
        Fault.ofMethod(method.getExecutable().getName())
            .orElseThrow(() -> new AssertionError("named after no fault"));
    Container container = ((FaultTest) method.getTarget().orElseThrow()).container;
    Results results =
        context
            .getRoot()
            .getStore(NAMESPACE)
            .getOrComputeIfAbsent(Results.class, key -> new Results(), Results.class);
    boolean survived = false;
    try {
      invocation.proceed();
      survived = true;
    } finally {
      results.add(fault, container, survived);
    }
  }
}
