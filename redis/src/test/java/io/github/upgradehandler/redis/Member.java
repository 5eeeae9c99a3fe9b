package io.github.upgradehandler.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.Recipient;
import io.github.upgradehandler.SendResult;
import io.github.upgradehandler.room.LogFraming;
import io.github.upgradehandler.room.log.Lost;
import io.github.upgradehandler.room.log.Position;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** One that is in rooms, and keeps what it gets. */
final class Member implements Recipient {

  /** As {@code joined position}, {@code message position text} and {@code lost position reason}. */
  static final class Framing implements LogFraming {
    @Override
    public PreparedMessage message(String room, Position position, PreparedMessage message) {
      return PreparedMessage.text("message " + position + " " + text(message));
    }

    @Override
    public PreparedMessage lost(String room, Lost lost) {
      return PreparedMessage.text("lost " + lost.position() + " " + lost.reason());
    }

    @Override
    public PreparedMessage joined(String room, Position position) {
      return PreparedMessage.text("joined " + position);
    }
  }

  private final String id;
  private final Optional<Principal> principal;
  private final Consumer<String> hears;
  private final List<String> received = new ArrayList<>();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  Member(String id) {
    this(id, line -> {});
  }

  /**
   * One of which others hear what it gets.
   *
   * @param hears called in the order of what comes
   */
  Member(String id, Consumer<String> hears) {
    this(id, Optional.empty(), hears);
  }

  private Member(String id, Optional<Principal> principal, Consumer<String> hears) {
    this.id = id;
    this.principal = principal;
    this.hears = hears;
  }

  /** One that is signed in. */
  static Member of(String user) {
    return new Member("one of " + user, Optional.of(() -> user), line -> {});
  }

  /** Its connection ends. */
  void end() {
    closed.complete(null);
  }

  static String text(PreparedMessage message) {
    return UTF_8.decode(message.payload()).toString();
  }

  @Override
  public String id() {
    return id;
  }

  @Override
  public Optional<Principal> principal() {
    return principal;
  }

  @Override
  public synchronized SendResult send(PreparedMessage message) {
    String line = text(message);
    received.add(line);
    hears.accept(line);
    return SendResult.ACCEPTED;
  }

  @Override
  public SendResult sendAll(List<PreparedMessage> messages) {
    messages.forEach(this::send);
    return SendResult.ACCEPTED;
  }

  @Override
  public CompletionStage<?> whenClosed() {
    return closed;
  }

  synchronized List<String> received() {
    return List.copyOf(received);
  }

  synchronized String last() {
    return received.isEmpty() ? "" : received.get(received.size() - 1);
  }

  List<String> losses() {
    return received().stream().filter(line -> line.startsWith("lost ")).toList();
  }

  void awaitJoined() {
    Patience.until(() -> id + " has joined", () -> !received().isEmpty());
  }

  /** Waits for a line that ends so. */
  void await(String end) {
    Patience.until(
        () -> id + " gets " + end + ", has " + last(),
        () -> received().stream().anyMatch(line -> line.endsWith(end)));
  }
}
