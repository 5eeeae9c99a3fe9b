package io.github.upgradehandler.internal.work;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Holds back writing while a thread sends, so that everything that it sends meanwhile, to whichever
 * clients, goes out with one write and one flush for each of them. Used by one thread at a time.
 */
public final class Cork {

  /**
   * The cork of what a thread does. The holder stays with its thread, so that an event allocates
   * nothing, and between two events it is an object of the JDK with nothing of ours in it: it does
   * not hold the class loader of an application that was undeployed.
   */
  private static final ThreadLocal<AtomicReference<@Nullable Cork>> CURRENT =
      ThreadLocal.withInitial(AtomicReference::new);

  private final @Nullable WritingLoop own;
  private @Nullable List<WritingLoop> others; // most events send to no other client

  /** Of a thread that handles no client's events. */
  private Cork() {
    own = null;
  }

  /** Of the events of one client, to be used again for each. */
  public Cork(WritingLoop own) {
    this.own = own;
  }

  /** Something that is held back. */
  @FunctionalInterface
  public interface Hold {

    /** Writes it; called once, by the thread that holds it back. */
    void end();
  }

  /** Holds this thread's writing back until the end, or longer if it is held back already. */
  public static Hold hold() {
    if (current() != null) {
      return () -> {};
    }
    Cork cork = new Cork();
    CURRENT.get().setPlain(cork);
    return cork::end;
  }

  /** What holds back this thread's writing; null: it writes at once. */
  public static @Nullable Cork current() {
    return CURRENT.get().getPlain();
  }

  /**
   * Holds this thread's writing back until {@link #end}.
   *
   * @return false if it is held back already: {@link #end} must not follow
   */
  public boolean begin() {
    AtomicReference<@Nullable Cork> current = CURRENT.get();
    if (current.getPlain() != null) {
      return false;
    }
    current.setPlain(this);
    if (own != null) {
      own.heldBy = this;
    }
    return true;
  }

  void hold(WritingLoop other) {
    if (other.heldBy == this) {
      return;
    }
    List<WritingLoop> held = others;
    if (held == null) {
      held = new ArrayList<>();
      others = held;
    }
    held.add(other);
    other.heldBy = this;
  }

  /**
   * Writes what was held back since {@link #begin}. Whatever is thrown meanwhile, each client is
   * written to or ended, and this thread holds nothing back any more.
   */
  public void end() {
    try {
      int held = size();
      boolean handedOver = handOver();
      // A flush completes stages, whose actions may send more: so the size is read each time.
      for (int i = 0; i < size(); i++) {
        WritingLoop loop = at(i);
        release(loop);
        if (!handedOver || i >= held || loop.writingExecutor() == null) {
          // This thread handles its own one's events: what follows needs no other thread.
          loop.flush(loop == own ? Caller.EVENT_THREAD : Caller.OTHER_THREAD);
        }
      }
    } finally {
      others = null;
      CURRENT.get().setPlain(null);
    }
  }

  /**
   * Gives other threads their part of the writing before this thread begins its own.
   *
   * @return false if that failed, and this thread is to write everything
   */
  private boolean handOver() {
    Map<Executor, List<WritingLoop>> byExecutor = null; // an event allocates nothing
    try {
      for (int i = 0; i < size(); i++) {
        WritingLoop loop = at(i);
        Executor executor = loop.writingExecutor();
        if (executor != null) {
          release(loop);
          if (byExecutor == null) {
            byExecutor = new HashMap<>();
          }
          byExecutor.computeIfAbsent(executor, unused -> new ArrayList<>()).add(loop);
        }
      }
    } catch (Throwable e) { // no memory for it
      return false;
    }
    if (byExecutor != null) {
      byExecutor.forEach(Cork::flushThere);
    }
    return true;
  }

  private static void flushThere(Executor executor, List<WritingLoop> held) {
    try {
      executor.execute(() -> flush(held));
    } catch (Throwable e) { // such as a server that is stopping
      flush(held);
    }
  }

  private static void flush(List<WritingLoop> held) {
    held.forEach(loop -> loop.flush(Caller.OTHER_THREAD));
  }

  private void release(WritingLoop held) {
    if (held.heldBy == this) {
      held.heldBy = null;
    }
  }

  private int size() {
    return (own == null ? 0 : 1) + (others == null ? 0 : others.size());
  }

  private WritingLoop at(int index) {
    if (own != null && index == 0) {
      return own;
    }
    return Objects.requireNonNull(others).get(own == null ? index : index - 1);
  }
}
