package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.internal.work.Caller;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Holds back writing while a thread handles an event of a connection, so that everything sent
 * meanwhile, to whichever connections, goes out with one write and one flush for each of them. Each
 * connection has one; used by the thread that handles its events.
 */
final class Cork {

  /**
   * The cork of the event that a thread handles. The holder stays with its thread, so that an event
   * allocates nothing, and between two events it is an object of the JDK with nothing of ours in
   * it: it does not hold the class loader of an application that was undeployed.
   */
  private static final ThreadLocal<AtomicReference<@Nullable Cork>> CURRENT =
      ThreadLocal.withInitial(AtomicReference::new);

  private final OutboundWriter writer;
  private @Nullable List<Cork> others; // most events send to no other connection
  // Set by any thread without a lock: one that finds another's cork sets its own, and both flush.
  private volatile @Nullable Cork heldBy;

  /** The cork of the connection that the writer writes for. */
  Cork(OutboundWriter writer) {
    this.writer = writer;
  }

  /** What holds back this thread's writing; null: it writes at once. */
  static @Nullable Cork current() {
    return CURRENT.get().getPlain();
  }

  /**
   * Holds this thread's writing back until {@link #end}.
   *
   * @return false if it is held back already: {@link #end} must not follow
   */
  boolean begin() {
    AtomicReference<@Nullable Cork> current = CURRENT.get();
    if (current.getPlain() != null) {
      return false;
    }
    current.setPlain(this);
    heldBy = this;
    return true;
  }

  /**
   * Has the connection written: after the event that this thread handles, if it handles one, unless
   * more waits than one write takes, or so much that the next message might overflow.
   */
  void writeSoon() {
    Cork current = current();
    if (current == null || writer.isEnoughForOneWrite()) {
      writer.flush(Caller.OTHER_THREAD);
    } else {
      current.hold(this);
    }
  }

  private void hold(Cork other) {
    if (other.heldBy == this) {
      return;
    }
    List<Cork> held = others;
    if (held == null) {
      held = new ArrayList<>();
      others = held;
    }
    held.add(other);
    other.heldBy = this;
  }

  /**
   * Writes what was held back since {@link #begin}. Whatever is thrown meanwhile, each connection
   * is written or ended, and this thread holds nothing back any more.
   */
  void end() {
    try {
      int held = size();
      boolean handedOver = handOver();
      // A flush completes stages, whose actions may send more: so the size is read each time.
      for (int i = 0; i < size(); i++) {
        Cork cork = at(i);
        cork.releasedBy(this);
        if (!handedOver || i >= held || cork.writer.writingExecutor() == null) {
          // This thread handles this one's events: what follows needs no other thread.
          cork.writer.flush(cork == this ? Caller.EVENT_THREAD : Caller.OTHER_THREAD);
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
    Map<Executor, List<OutboundWriter>> byExecutor = null; // an event allocates nothing
    try {
      for (int i = 0; i < size(); i++) {
        Cork cork = at(i);
        Executor executor = cork.writer.writingExecutor();
        if (executor != null) {
          cork.releasedBy(this);
          if (byExecutor == null) {
            byExecutor = new HashMap<>();
          }
          byExecutor.computeIfAbsent(executor, unused -> new ArrayList<>()).add(cork.writer);
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

  private static void flushThere(Executor executor, List<OutboundWriter> held) {
    try {
      executor.execute(() -> flush(held));
    } catch (Throwable e) { // such as a server that is stopping
      flush(held);
    }
  }

  private static void flush(List<OutboundWriter> held) {
    held.forEach(writer -> writer.flush(Caller.OTHER_THREAD));
  }

  private void releasedBy(Cork held) {
    if (heldBy == held) {
      heldBy = null;
    }
  }

  private int size() {
    return others == null ? 1 : 1 + others.size();
  }

  private Cork at(int index) {
    return index == 0 || others == null ? this : others.get(index - 1);
  }
}
