package io.github.upgradehandler.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.containers.server.JettyHome;
import io.github.upgradehandler.containers.server.Tomcat;
import io.github.upgradehandler.containers.server.WildFly;
import io.github.upgradehandler.containers.suite.Pages;
import io.github.upgradehandler.containers.wire.Frames;
import io.github.upgradehandler.containers.wire.JdkClient;
import io.github.upgradehandler.containers.wire.SocketClient;
import io.github.upgradehandler.containers.wire.SocketIoPolling;
import io.github.upgradehandler.redis.RedisServer;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The sample's WAR, with Redis, is undeployed again and again while clients are connected. Three
 * times, or {@code -Dredeploys=N}.
 */
@Tag("external")
@DisplayNameGeneration(ReplaceUnderscores.class)
@Timeout(3600)
class RedeployIT {

  private static final int TIMES = Integer.getInteger("redeploys", 3);
  private static final int AT_ONCE = 32;
  private static final Duration TO_BE_GONE = Duration.ofSeconds(5);

  /** A class of the sample: there is one for each class loader of it. */
  private static final String CLASS = "io.github.upgradehandler.sample.Nodes";

  /** Threads of this project, and of what it uses of Redis. */
  private static final Pattern OURS =
      Pattern.compile("\"(lettuce|upgrade-handler|websocket|socket\\.io-).*");

  /** As many as there is to do for. */
  private static final Pattern SOCKET_IO = Pattern.compile("\"socket\\.io-.*");

  /** Of rooms, with those of Redis. */
  private static final int MOST_THREADS = 6;

  /** Those that undeploy by themselves; in others it is a program of the tests that does. */
  static List<Container> containers() {
    return Container.selected().stream()
        .filter(
            container ->
                container.server() instanceof Tomcat
                    || container.server() instanceof WildFly
                    || container.server() instanceof JettyHome)
        .toList();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("containers")
  void undeployed_it_leaves_neither_a_thread_nor_its_class_loader(Container container)
      throws Exception {
    War.makeAll();
    Keystore.make();
    try (RedisServer redis = RedisServer.run();
        RunningContainer running =
            RunningContainer.start(container, Map.of("UPGRADE_HANDLER_REDIS", redis.uri()))) {
      running.undeploy(War.SAMPLE_TWIN);
      running.awaitUndeployed(War.SAMPLE_TWIN);
      awaitOnlyOneLeft(running, MOST_THREADS);
      int before = threads(running).size();
      for (int i = 0; i < TIMES; i++) {
        running.deployAndAwait(War.SAMPLE_TWIN);
        try (SocketClient client = SocketClient.open(running.uri(War.SAMPLE_TWIN, "echo"))) {
          use(running);
          assertThat(threads(running))
              .filteredOn(thread -> !SOCKET_IO.matcher(thread).matches())
              .hasSizeLessThanOrEqualTo(before + MOST_THREADS);
          running.undeploy(War.SAMPLE_TWIN);
          assertThat(client.readAnsweringPings().status()).isEqualTo(1001);
          client.write(Frames.close(1001));
          running.awaitUndeployed(War.SAMPLE_TWIN);
        }
        awaitOnlyOneLeft(running, before);
      }
    }
  }

  /** As clients do that are there when it is undeployed. */
  private static void use(RunningContainer running) throws Exception {
    JdkClient chat = JdkClient.connect(running.uri(War.SAMPLE_TWIN, "chat?name=ann"));
    assertThat(chat.text()).isNotEmpty();
    URI socketIo = running.uri(War.SAMPLE_TWIN, "socket.io/");
    SocketIoPolling client = SocketIoPolling.open(Pages.BROWSER, socketIo);
    assertThat(client.opening()).contains("sid");
  }

  private static void awaitOnlyOneLeft(RunningContainer running, int threads) {
    Waiting.until(
        () -> "only the other application's threads are left: " + threads(running),
        TO_BE_GONE,
        () -> threads(running).size() <= threads);
    Waiting.until(
        "the class loader is collected",
        TO_BE_GONE,
        () -> {
          occupyAll(running);
          running.diagnose("GC.run");
          return running.diagnose("VM.class_hierarchy", CLASS).stream()
                  .filter(line -> line.contains(CLASS))
                  .count()
              == 1;
        });
  }

  /** A thread of Undertow's pool that waits for a request has the one before on its stack. */
  private static void occupyAll(RunningContainer running) {
    HttpRequest request = HttpRequest.newBuilder(running.uri("")).build();
    List<CompletableFuture<HttpResponse<Void>>> answers =
        Stream.generate(() -> Pages.BROWSER.sendAsync(request, BodyHandlers.discarding()))
            .limit(AT_ONCE)
            .toList();
    answers.forEach(CompletableFuture::join);
  }

  private static List<String> threads(RunningContainer running) {
    return running.diagnose("Thread.print").stream()
        .filter(line -> OURS.matcher(line).matches())
        .toList();
  }
}
