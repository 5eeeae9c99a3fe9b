package io.github.upgradehandler.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.upgradehandler.socketio.internal.engine.RandomId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** How sockets come into a namespace and leave it. Thread-safe. */
final class Arrivals {

  private static final System.Logger LOG = System.getLogger("io.github.upgradehandler.socketio");

  /** So long one that comes back waits for the one before it, whose middleware may never answer. */
  private static final Duration LONGEST_RETURN = Duration.ofSeconds(3);

  private final Namespace namespace;
  private final Map<String, Socket> sockets = new ConcurrentHashMap<>();
  private final Map<String, Socket> byPid = new ConcurrentHashMap<>();
  private final Map<String, CompletableFuture<Void>> returning = new ConcurrentHashMap<>();

  Arrivals(Namespace namespace) {
    this.namespace = namespace;
  }

  /** Those that are connected, by their ids. */
  Map<String, Socket> sockets() {
    return sockets;
  }

  /** A client asks to join; in its inbox. */
  void add(Client client, JsonNode auth) {
    String pid = text(auth, "pid");
    if (namespace.server().config().recovery() == null || client.isOld()) {
      ask(client, auth, Resumption.none(), () -> {});
    } else if (pid == null) {
      ask(client, auth, Resumption.of(RandomId.next()), () -> {});
    } else {
      comeBack(client, auth, pid);
    }
  }

  private static @Nullable String text(JsonNode auth, String name) {
    JsonNode value = auth.get(name);
    return value == null ? null : value.textValue();
  }

  /** One after another for each session: a connection may break while its client comes back. */
  private void comeBack(Client client, JsonNode auth, String pid) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    CompletableFuture<Void> before = returning.put(pid, done);
    Runnable answered = () -> done.complete(null);
    Future<?> timer = namespace.after(LONGEST_RETURN, answered);
    CompletableFuture<Void> unused =
        done.thenRun(
            () -> {
              timer.cancel(false);
              returning.remove(pid, done);
            });
    if (before == null || before.isDone()) {
      restore(client, auth, pid, answered);
    } else {
      CompletableFuture<Void> unusedNext =
          before.thenRun(
              () -> client.session().inbox().aside(() -> restore(client, auth, pid, answered)));
    }
  }

  private void restore(Client client, JsonNode auth, String pid, Runnable answered) {
    takeOver(pid);
    CompletableFuture<Resumption> found =
        namespace
            .adapter()
            .restore(pid, Optional.ofNullable(text(auth, "offset")))
            .thenApply(saved -> saved.map(Resumption::of))
            .exceptionally(
                error -> {
                  LOG.log(System.Logger.Level.WARNING, "a session could not be restored", error);
                  return Optional.empty();
                })
            .thenApply(saved -> saved.orElseGet(() -> Resumption.of(RandomId.next())))
            .toCompletableFuture();
    if (found.isDone()) {
      ask(client, auth, found.join(), answered);
    } else {
      CompletableFuture<Void> unused =
          found.thenAccept(
              resumption ->
                  client.session().inbox().aside(() -> ask(client, auth, resumption, answered)));
    }
  }

  /**
   * Asks the middleware.
   *
   * @param answered run when the client is connected, or is not
   */
  private void ask(Client client, JsonNode auth, Resumption resumption, Runnable answered) {
    SavedSession session = resumption.session();
    Socket socket =
        new Socket(
            namespace,
            client,
            session == null ? client.newId(namespace.name()) : session.sid(),
            new SocketHandshake(client.session().handshake(), auth, Instant.now()),
            resumption);
    Recovery recovery = namespace.server().config().recovery();
    boolean skip = session != null && recovery != null && recovery.skipMiddlewares();
    Chain.ask(
        skip ? List.of() : namespace.middleware(),
        (asked, next) -> asked.handle(socket, next),
        client.session().inbox(),
        namespace.server().emitting(),
        new Chain.Outcome() {
          @Override
          public void proceed() {
            connect(socket);
            answered.run();
          }

          @Override
          public void refuse(String message, @Nullable JsonNode data) {
            namespace.adapter().removeAll(socket.id());
            client.refused(namespace, message, data);
            removeIfEmpty();
            answered.run();
          }
        });
  }

  /** The client is back before its connection was known to be broken. */
  private void takeOver(String pid) {
    Socket old = byPid.get(pid);
    if (old != null) {
      forget(old, DisconnectReason.TRANSPORT_CLOSE);
      old.client().session().close(DisconnectReason.TRANSPORT_CLOSE);
    }
  }

  private void connect(Socket socket) {
    if (socket.client().isClosed()) {
      namespace.adapter().removeAll(socket.id());
      SavedSession taken = socket.resumption().session();
      if (taken != null) {
        namespace.adapter().persist(() -> taken.cutAt(taken.sent()));
      }
      removeIfEmpty();
      return;
    }
    socket.connect();
    namespace
        .adapter()
        .admit(
            socket,
            () -> {
              socket.sendConnect();
              know(socket);
            });
    for (Consumer<Socket> listener : namespace.connectionListeners()) {
      try {
        listener.accept(socket);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "a listener of connections failed", e);
      }
    }
  }

  private void know(Socket socket) {
    sockets.put(socket.id(), socket);
    String pid = socket.resumption().pid();
    if (pid != null) {
      byPid.put(pid, socket);
    }
  }

  /**
   * The socket's end, or its client that is back: who comes second finds the session kept. It is
   * kept while broadcasts still find the socket, so that each of them is before that or after it.
   */
  private void forget(Socket socket, DisconnectReason reason) {
    synchronized (socket) {
      if (sockets.get(socket.id()) != socket) {
        return;
      }
      String pid = socket.resumption().pid();
      if (pid != null && reason.isRecoverable()) {
        namespace.adapter().persist(() -> socket.resumption().save(socket));
      } else if (pid != null) {
        namespace.adapter().discard(pid);
      }
      drop(socket);
    }
  }

  /** Its rooms go first, since the client that is back has the same id. */
  private void drop(Socket socket) {
    namespace.adapter().removeAll(socket.id());
    sockets.remove(socket.id(), socket);
    String pid = socket.resumption().pid();
    if (pid != null) {
      byPid.remove(pid, socket);
    }
  }

  /** A client is back on another node. */
  void isElsewhere(String pid) {
    Socket old = byPid.get(pid);
    if (old == null) {
      return;
    }
    synchronized (old) {
      if (sockets.get(old.id()) != old) {
        return;
      }
      drop(old);
    }
    old.client().session().close(DisconnectReason.TRANSPORT_CLOSE);
  }

  /** A socket has ended; in its inbox. */
  void ended(Socket socket, DisconnectReason reason) {
    forget(socket, reason);
    removeIfEmpty();
  }

  private void removeIfEmpty() {
    if (namespace.parent() != null
        && sockets.isEmpty()
        && namespace.server().config().cleanupEmptyChildNamespaces()) {
      namespace.server().remove(namespace);
    }
  }
}
