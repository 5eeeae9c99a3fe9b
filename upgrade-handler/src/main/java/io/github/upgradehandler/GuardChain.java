package io.github.upgradehandler;

import io.github.upgradehandler.internal.log.Log;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Several guards, asked in order. */
final class GuardChain implements Guard {

  private final List<Guard> guards;

  GuardChain(List<Guard> guards) {
    this.guards = List.copyOf(guards);
  }

  @Override
  public Admission admit(Handshake handshake) {
    if (guards.isEmpty()) {
      return Admission.UNCONDITIONAL;
    }
    Admissions admitted = new Admissions();
    Handshake known = handshake;
    try {
      for (Guard guard : guards) {
        Admission next = guard.admit(known);
        admitted.add(next);
        Optional<Principal> named = next.principal();
        if (named.isPresent()) {
          known = known.withPrincipal(named.get());
        }
      }
    } catch (Throwable e) {
      admitted.release(); // the guards before have counted a connection that is not opened
      throw e;
    }
    return admitted;
  }

  @Override
  public void checkDeadlines(long now) {
    forEach(guards, "deadlines of a guard", guard -> guard.checkDeadlines(now));
  }

  /** What one throws is logged; the others are called all the same. */
  private static <T> void forEach(List<T> all, String what, Consumer<T> action) {
    for (T each : all) {
      try {
        action.accept(each);
      } catch (Throwable e) {
        Log.failure(what, e);
      }
    }
  }

  private static final class Admissions implements Admission {

    private final List<Admission> inner = new ArrayList<>(4);
    private @Nullable Principal principal;

    void add(Admission admission) {
      inner.add(admission);
      admission.principal().ifPresent(named -> principal = named);
    }

    @Override
    public Optional<Principal> principal() {
      return Optional.ofNullable(principal);
    }

    @Override
    public WebSocketHandler around(WebSocketHandler handler) {
      WebSocketHandler surrounded = handler;
      for (int i = inner.size() - 1; i >= 0; i--) {
        surrounded = inner.get(i).around(surrounded);
      }
      return surrounded;
    }

    @Override
    public void release() {
      forEach(inner, "a guard failed to release what it remembers", Admission::release);
    }
  }
}
