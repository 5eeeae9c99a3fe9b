package io.github.upgradehandler.servlet.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testing.CapturedLog;
import jakarta.servlet.ServletContext;
import java.lang.invoke.MethodHandle;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A server that says when it stops is listened to, by the first adapter that knows it. */
@Timeout(60)
class ServerStopTest {

  private static final ServletContext CONTEXT =
      (ServletContext)
          Proxy.newProxyInstance(
              ServerStopTest.class.getClassLoader(),
              new Class<?>[] {ServletContext.class},
              (proxy, method, arguments) -> {
                throw new UnsupportedOperationException(method.getName());
              });

  private final AtomicInteger stops = new AtomicInteger();
  private final AtomicInteger cancellations = new AtomicInteger();
  private @Nullable MethodHandle heard;

  private final ContainerAdapter knowing =
      new ContainerAdapter() {
        @Override
        public Optional<ServerStop.Cancellation> onServerStop(
            ServletContext context, MethodHandle stopping) {
          assertThat(heard).isNull();
          heard = stopping;
          return Optional.of(cancellations::incrementAndGet);
        }
      };

  private void stop() throws Throwable {
    assertThat(heard).isNotNull();
    heard.invoke();
  }

  @Test
  void the_first_that_knows_the_server_listens_until_it_is_cancelled() throws Throwable {
    Runnable stopping = stops::incrementAndGet;
    ServerStop stop =
        ServerStop.listen(List.of(new DefaultAdapter(), knowing, knowing), CONTEXT, stopping);
    stop();
    assertThat(stops).hasValue(1);
    assertThat(cancellations).hasValue(0);
    stop.cancel();
    assertThat(cancellations).hasValue(1);
    assertThat(stopping).isNotNull(); // it is the caller who keeps it
  }

  @Test
  void what_the_server_keeps_does_not_keep_the_application() throws Throwable {
    WeakReference<Runnable> application = listenAndForget();
    Await.until(
        "the application to go",
        () -> {
          System.gc();
          return application.get() == null;
        });
    stop();
    assertThat(stops).hasValue(0);
  }

  private WeakReference<Runnable> listenAndForget() {
    Runnable stopping = stops::incrementAndGet;
    ServerStop.listen(List.of(knowing), CONTEXT, stopping);
    return new WeakReference<>(stopping);
  }

  @Test
  void a_server_that_cannot_be_listened_to_is_warned_of() {
    ContainerAdapter failing =
        new ContainerAdapter() {
          @Override
          public Optional<ServerStop.Cancellation> onServerStop(
              ServletContext context, MethodHandle stopping) throws ReflectiveOperationException {
            throw new NoSuchMethodException("register");
          }
        };
    try (CapturedLog log = new CapturedLog()) {
      ServerStop.listen(List.of(failing, knowing), CONTEXT, () -> {}).cancel();
      assertThat(log.messages())
          .containsExactly(
              "this server does not say when it stops: peers may then see no Close frame:"
                  + " register");
    }
  }
}
