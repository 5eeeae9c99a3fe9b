package io.github.upgradehandler;

import io.github.upgradehandler.internal.log.Log;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link Guard} says to a connection that it lets in, and remembers of it. A value that is
 * added to, not a type to be implemented: so a guard that calls another one, and adds something of
 * its own, cannot lose anything of the other's. Immutable.
 */
public sealed class Admission permits MessageAdmission {

  /** Lets a connection in, and does nothing else. */
  public static final Admission UNCONDITIONAL = new Admission(null, List.of(), List.of());

  private final @Nullable Principal principal;
  private final List<Runnable> releases;
  private final List<Deadlines> deadlines;

  Admission(@Nullable Principal principal, List<Runnable> releases, List<Deadlines> deadlines) {
    this.principal = principal;
    this.releases = releases;
    this.deadlines = deadlines;
  }

  /** The same of the same type, but for what is given. */
  Admission with(
      @Nullable Principal named, List<Runnable> whenReleased, List<Deadlines> whileThere) {
    return new Admission(named, whenReleased, whileThere);
  }

  /** The same with the user that the guard has found to be signed in. */
  public Admission withPrincipal(Principal value) {
    return with(value, releases, deadlines);
  }

  /**
   * The same with one more action for {@link #release}.
   *
   * @param action must not block; what it throws is logged
   */
  public Admission withRelease(Runnable action) {
    return with(principal, joined(releases, List.of(action)), deadlines);
  }

  /**
   * The same with deadlines, to be checked until {@link #release}.
   *
   * @param value the guard's own, the same for many connections; told from others by {@link
   *     Object#equals}
   */
  public Admission withDeadlines(Deadlines value) {
    return with(principal, releases, joined(deadlines, List.of(value)));
  }

  /**
   * The same with something between the connection and its handler, around which is what was there
   * before.
   *
   * @param around gives what handles the connection instead of a handler, and calls that. If the
   *     handler is a {@link PartialHandler}, the result must be one too
   */
  public MessageAdmission inspectedBy(UnaryOperator<WebSocketHandler> around) {
    return new MessageAdmission(principal, releases, deadlines, around);
  }

  /** This and what another guard says, which was asked after this one. */
  public Admission and(Admission next) {
    Admission both =
        with(
            next.principal == null ? principal : next.principal,
            joined(releases, next.releases),
            joined(deadlines, next.deadlines));
    return next instanceof MessageAdmission inspecting
        ? both.inspectedBy(inspecting::around)
        : both;
  }

  /** The same for one request, of which several callers may find that it has ended. */
  public Admission releasedOnce() {
    if (releases.isEmpty()) {
      return this;
    }
    AtomicBoolean released = new AtomicBoolean();
    Runnable once =
        () -> {
          if (released.compareAndSet(false, true)) {
            release();
          }
        };
    return with(principal, List.of(once), deadlines);
  }

  /**
   * The user that the guard has found to be signed in, from then on {@link Handshake#principal}.
   */
  public Optional<Principal> principal() {
    return Optional.ofNullable(principal);
  }

  /** What is to be checked until {@link #release}. */
  public List<Deadlines> deadlines() {
    return deadlines;
  }

  /**
   * The connection has ended, or was never opened; called by the library, by any thread. Runs every
   * action, whatever the ones before throw, and throws nothing.
   */
  public void release() {
    for (Runnable action : releases) {
      try {
        action.run();
      } catch (Throwable e) {
        Log.failure("a guard failed to release what it remembers", e);
      }
    }
  }

  private static <T> List<T> joined(List<T> some, List<T> more) {
    return Stream.concat(some.stream(), more.stream()).toList();
  }
}
