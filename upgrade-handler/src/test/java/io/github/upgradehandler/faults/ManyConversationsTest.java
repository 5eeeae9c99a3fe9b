package io.github.upgradehandler.faults;

import static io.github.upgradehandler.testing.ClientFrames.close;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.example.BlockingEchoServlet;
import io.github.upgradehandler.faults.ServerProcess.Question;
import io.github.upgradehandler.servlet.RawClient;
import io.github.upgradehandler.testing.Await;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Thousands of connections at once in the blocking style. The server is a process of its own, since
 * each may have so many descriptors, on the JDK that {@code -Djdk21.home} names or that of the
 * tests; without virtual threads the connections are fewer.
 */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class ManyConversationsTest {

  /** The profile soak has ten thousand. */
  private static final int CONVERSATIONS = Integer.getInteger("conversations", 300);

  private static final int MOST_ON_PLATFORM_THREADS = 1000;
  private static final int VIRTUAL_THREADS_SINCE = 21;

  /** Of the container, the library and the virtual machine together, however many are connected. */
  private static final int MAX_PLATFORM_THREADS = 150;

  @ParameterizedTest
  @EnumSource(names = {"JETTY", "TOMCAT", "UNDERTOW"})
  void a_thread_for_each_connection(Container container) throws Exception {
    String javaHome = System.getProperty("jdk21.home", System.getProperty("java.home"));
    try (ServerProcess process =
        new ServerProcess(javaHome, container, BlockingEchoServlet.class, Map.of())) {
      long feature = process.ask(Question.JAVA_FEATURE);
      boolean virtual = feature >= VIRTUAL_THREADS_SINCE;
      int count = virtual ? CONVERSATIONS : Math.min(CONVERSATIONS, MOST_ON_PLATFORM_THREADS);
      AtomicReferenceArray<RawClient> clients = new AtomicReferenceArray<>(count);
      try {
        long heap = heapAfterFirst(process);
        Crowd.of(count, number -> clients.set(number, opened(process, number)));
        assertThat(process.ask(Question.OPEN_CONNECTIONS)).isEqualTo(count);
        long threads = process.ask(Question.PLATFORM_THREADS);
        long heapEach = (process.ask(Question.HEAP) - heap) / count;
        System.out.printf(
            "%s, Java %d: %d conversations, %d platform threads, %d bytes of heap each%n",
            container, feature, count, threads, heapEach);
        if (virtual) {
          assertThat(threads).isLessThan(MAX_PLATFORM_THREADS);
        } else {
          assertThat(threads).isGreaterThan(count);
        }
        Crowd.of(count, number -> goodbye(clients.get(number), number));
        Await.until("TCP to end", () -> process.ask(Question.OPEN_CONNECTIONS) == 0);
      } finally {
        for (int i = 0; i < count; i++) {
          if (clients.get(i) != null) {
            clients.get(i).close();
          }
        }
      }
    }
  }

  /** The first connection loads what all need. */
  private static long heapAfterFirst(ServerProcess process) throws Exception {
    try (RawClient first = opened(process, 0)) {
      goodbye(first, 0);
    }
    Await.until("TCP to end", () -> process.ask(Question.OPEN_CONNECTIONS) == 0);
    return process.ask(Question.HEAP);
  }

  private static RawClient opened(ServerProcess process, int number) throws Exception {
    RawClient client = new RawClient(process.port(), 0);
    client.open();
    client.send(text("hello " + number));
    assertThat(client.next()).hasToString("text hello " + number);
    return client;
  }

  private static void goodbye(RawClient client, int number) throws Exception {
    client.send(text("a " + number), text("b " + number));
    assertThat(client.next()).hasToString("text a " + number);
    assertThat(client.next()).hasToString("text b " + number);
    client.send(close(1000, ""));
    assertThat(client.next()).hasToString("close 1000");
    assertThat(client.isEnded()).isTrue();
  }
}
