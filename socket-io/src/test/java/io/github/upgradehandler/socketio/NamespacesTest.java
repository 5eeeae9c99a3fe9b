package io.github.upgradehandler.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.socketio.testing.TestApplication;
import io.github.upgradehandler.socketio.testing.TestClient;
import io.github.upgradehandler.socketio.testing.TestClient.Received;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is let into which namespace, and how it ends. */
class NamespacesTest {

  @Test
  void aSocketHasAnIdOfItsOwnInEachNamespace() throws Exception {
    try (TestApplication application = new TestApplication(io -> io.of("/custom"))) {
      Received socket = application.client().open("EIO=4&transport=websocket");
      String session = TestClient.sid(socket.next());
      socket.send("40");
      String main = socket.next();
      socket.send("40/custom,");
      String custom = socket.next();

      assertThat(main).startsWith("40{\"sid\":");
      assertThat(custom).startsWith("40/custom,{\"sid\":");
      assertThat(TestClient.sid(main))
          .hasSize(20)
          .isNotEqualTo(session)
          .isNotEqualTo(TestClient.sid(custom));
    }
  }

  @Test
  void aNewNamespaceIsShownBeforeAClientIsInIt() throws Exception {
    List<String> made = new CopyOnWriteArrayList<>();
    try (TestApplication application =
        new TestApplication(
            io -> {
              io.onNewNamespace(
                  namespace -> {
                    throw new IllegalStateException("is logged");
                  });
              io.onNewNamespace(
                  namespace -> {
                    assertThat(io.of(namespace.name())).isSameAs(namespace);
                    made.add(namespace.name());
                    namespace.use((socket, next) -> next.refuse("closed"));
                  });
              io.of("/one");
              io.of("one");
              io.of(Pattern.compile("/room-\\d+"));
            })) {
      Received socket = application.client().join();
      socket.send("40/room-1");
      assertThat(socket.next()).isEqualTo("44/room-1,{\"message\":\"closed\"}");
      assertThat(made).containsExactly("/one", "/room-1");
    }
  }

  @Test
  void anUnknownNamespaceIsRefusedAndTheClientStays() throws Exception {
    try (TestApplication application = new TestApplication(io -> {})) {
      Received socket = application.client().join();
      socket.send("40/random");
      assertThat(socket.next()).isEqualTo("44/random,{\"message\":\"Invalid namespace\"}");
      socket.send("40/random,{}");
      assertThat(socket.next()).isEqualTo("44/random,{\"message\":\"Invalid namespace\"}");
    }
  }

  @Test
  void whatTheClientGivesIsSeenByMiddlewareAndListeners() throws Exception {
    try (TestApplication application =
        new TestApplication(
            io ->
                io.of("/private")
                    .use(
                        (socket, next) -> {
                          if (socket.handshake().auth().path("token").asText().equals("123")) {
                            socket.data().put("user", "ann");
                            next.proceed();
                          } else {
                            next.refuse("not authorized", Map.of("hint", "token"));
                          }
                        })
                    .onConnection(socket -> socket.emit("hello", socket.data().get("user"))))) {
      Received socket = application.client().join("/private", "{\"token\":\"1\"}");
      assertThat(socket.next())
          .isEqualTo("44/private,{\"message\":\"not authorized\",\"data\":{\"hint\":\"token\"}}");
      socket.send("40/private,{\"token\":\"123\"}");
      assertThat(socket.next()).startsWith("40/private,{\"sid\":");
      assertThat(socket.next()).isEqualTo("42/private,[\"hello\",\"ann\"]");
    }
  }

  @Test
  void middlewareIsAskedInOrderAndMayDecideLater() throws Exception {
    List<String> order = new CopyOnWriteArrayList<>();
    ExecutorService later = Executors.newSingleThreadExecutor();
    try (TestApplication application =
        new TestApplication(
            io ->
                io.use(
                        (socket, next) ->
                            later.execute(
                                () -> {
                                  order.add("a");
                                  next.proceed();
                                  next.refuse("too late");
                                }))
                    .use(
                        (socket, next) -> {
                          order.add("b");
                          next.proceed();
                        })
                    .onConnection(socket -> socket.emit("order", order)))) {
      assertThat(application.client().join().next()).isEqualTo("42[\"order\",[\"a\",\"b\"]]");
    } finally {
      later.shutdown();
    }
  }

  @Test
  void middlewareThatFailsRefusesWithoutSayingWhy() throws Exception {
    try (TestApplication application =
        new TestApplication(
            io ->
                io.use(
                    (socket, next) -> {
                      throw new IllegalStateException("secret");
                    }))) {
      assertThat(application.client().join("/", "").next())
          .isEqualTo("44{\"message\":\"Internal error\"}");
    }
  }

  @Test
  void aDynamicNamespaceComesWithItsFirstClient() throws Exception {
    SocketIoConfig config = SocketIoConfig.builder().cleanupEmptyChildNamespaces(true).build();
    BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    try (TestApplication application =
        new TestApplication(
            config,
            io -> {
              io.of(Pattern.compile("/room-\\d+"))
                  .use((socket, next) -> next.proceed())
                  .onConnection(
                      socket -> {
                        socket.emit("in", socket.namespace().name());
                        socket.onDisconnect(reason -> ends.add(reason.text()));
                      });
              io.of((name, auth) -> name.equals("/" + auth.path("name").asText()));
            })) {
      Received socket = application.client().join("/room-1", "");
      assertThat(socket.next()).startsWith("40/room-1,");
      assertThat(socket.next()).isEqualTo("42/room-1,[\"in\",\"/room-1\"]");
      Namespace made = application.io().of("/room-1");
      assertThat(made.sockets()).hasSize(1);
      socket.send("40/room-x");
      assertThat(socket.next()).startsWith("44/room-x,");
      socket.send("40/ann,{\"name\":\"ann\"}");
      assertThat(socket.next()).startsWith("40/ann,");
      socket.send("41/room-1,");
      assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo("client namespace disconnect");
      assertThat(application.io().of("/room-1")).isNotSameAs(made);
    }
  }

  @Test
  void aNamespaceMadeByHandHasWhatADynamicOneHas() throws Exception {
    try (TestApplication application =
        new TestApplication(
            io -> {
              io.of(Pattern.compile("/room-.*")).use((socket, next) -> next.refuse("closed"));
              io.of("/room-1");
            })) {
      assertThat(application.client().join("/room-1", "").next())
          .isEqualTo("44/room-1,{\"message\":\"closed\"}");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "40",
        "4abc",
        "42{}",
        "42abc[\"message\"]",
        "42[\"disconnect\"]",
        "44{\"message\":\"x\"}",
        "42/custom,[\"message\"]",
        "451-[\"a\",{\"_placeholder\":true,\"num\":1}]",
        "4"
      })
  void whatMustNotComeEndsTheClient(String packet) throws Exception {
    try (TestApplication application = new TestApplication(io -> io.of("/custom"))) {
      Received socket = application.client().join();
      socket.send(packet);
      if (packet.startsWith("45")) {
        socket.send(new byte[] {1});
      }
      assertThat(socket.next()).isEqualTo(TestClient.CLOSED);
    }
  }

  @Test
  void whoeverJoinsNothingIsDisconnected() throws Exception {
    SocketIoConfig config = SocketIoConfig.builder().connectTimeout(Duration.ofMillis(100)).build();
    try (TestApplication application = new TestApplication(config, io -> {})) {
      Received socket = application.client().open("EIO=4&transport=websocket");
      socket.next();
      assertThat(socket.next()).isEqualTo(TestClient.CLOSED);
      Received joined = application.client().join();
      joined.send("41");
      joined.send("40");
      assertThat(joined.next()).startsWith("40{");
    }
  }

  @Test
  void namespacesOfAClientAreBounded() throws Exception {
    SocketIoConfig config =
        SocketIoConfig.builder()
            .limits(SocketIoLimits.DEFAULTS.withMaxNamespacesPerClient(2))
            .build();
    try (TestApplication application =
        new TestApplication(config, io -> io.of(Pattern.compile("/.*")))) {
      Received socket = application.client().join();
      socket.send("40/a");
      assertThat(socket.next()).startsWith("40/a,");
      socket.send("40/b");
      assertThat(socket.next()).isEqualTo("44/b,{\"message\":\"Too many namespaces\"}");
    }
  }

  @Test
  void anOldClientIsInTheMainNamespaceAtOnce() throws Exception {
    SocketIoConfig config = SocketIoConfig.builder().allowEio3(true).build();
    try (TestApplication application =
        new TestApplication(
            config,
            io ->
                io.of("/chat")
                    .onConnection(
                        socket -> socket.emit("hello", socket.id(), socket.handshake().auth())))) {
      Received socket = application.client().open("EIO=3&transport=websocket");
      String session = TestClient.sid(socket.next());
      assertThat(socket.next()).isEqualTo("40");
      socket.send("40/chat?token=1,");
      assertThat(socket.next()).isEqualTo("40/chat,");
      assertThat(socket.next())
          .isEqualTo("42/chat,[\"hello\",\"/chat#" + session + "\",{\"token\":\"1\"}]");
      socket.send("40/other,");
      assertThat(socket.next()).isEqualTo("44/other,\"Invalid namespace\"");
    }
  }
}
