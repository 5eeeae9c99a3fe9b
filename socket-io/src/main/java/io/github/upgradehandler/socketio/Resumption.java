package io.github.upgradehandler.socketio;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What lets a client come back to a socket, and what it has come back with. Thread-safe. */
final class Resumption {

  private final @Nullable String pid;
  private final @Nullable SavedSession session;
  private String since; // guarded by this
  private String sent; // guarded by this

  private Resumption(@Nullable String pid, @Nullable SavedSession session) {
    this.pid = pid;
    this.session = session;
    this.since = session == null ? "" : session.since();
    this.sent = session == null ? "" : session.sent();
  }

  /** Without recovery. */
  static Resumption none() {
    return new Resumption(null, null);
  }

  /** Of a new socket. */
  static Resumption of(String pid) {
    return new Resumption(pid, null);
  }

  /** Of one that its client has come back to. */
  static Resumption of(SavedSession session) {
    return new Resumption(session.pid(), session);
  }

  /** Secret between the client and the server; null without recovery. */
  @Nullable String pid() {
    return pid;
  }

  @Nullable SavedSession session() {
    return session;
  }

  boolean isRecovered() {
    return session != null;
  }

  Map<String, Object> data() {
    return session == null ? Map.of() : session.data();
  }

  /** A new socket begins where the log ends. */
  synchronized void begin(String place) {
    since = place;
    sent = place;
  }

  synchronized void sent(String place) {
    sent = place;
  }

  /** What is kept of a socket that its client may come back to. */
  synchronized SavedSession save(Socket socket) {
    return new SavedSession(
        "",
        socket.id(),
        Objects.requireNonNull(pid, "without recovery"),
        socket.rooms(),
        Map.copyOf(socket.data()),
        since,
        sent,
        Optional.empty());
  }
}
