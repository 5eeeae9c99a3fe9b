package io.github.upgradehandler.socketio;

import io.github.upgradehandler.room.log.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** A log that nodes of one process share, and that a test holds up or lets lose something. */
final class SharedLog implements AutoCloseable {

  private final ExecutorService thread = Executors.newSingleThreadExecutor();
  private final Semaphore free = new Semaphore(1);
  private final List<EventLog.Listener> listeners = new ArrayList<>(); // of the thread
  private final BlockingQueue<LogEntry> appended = new LinkedBlockingQueue<>();
  private Position end = new Position("log", 0); // of the thread

  /** What one node knows of it. */
  final class Member implements EventLog {

    private volatile Predicate<LogEntry> lost = entry -> false;

    @Override
    public void start(Listener listener) {
      thread.execute(
          () -> {
            listeners.add(listener);
            listener.attached(end);
          });
    }

    @Override
    public void append(LogEntry entry) {
      if (!lost.test(entry)) {
        thread.execute(() -> tell(entry));
      }
    }

    /** Which entries are not appended. */
    void lose(Predicate<LogEntry> value) {
      lost = value;
    }

    @Override
    public boolean isShared() {
      return true;
    }

    @Override
    public boolean isFollowed() {
      return true;
    }

    @Override
    public void close() {}
  }

  private void tell(LogEntry entry) {
    free.acquireUninterruptibly();
    free.release();
    end = end.plus(1);
    listeners.forEach(listener -> listener.entry(end, entry));
    appended.add(entry);
  }

  Member member() {
    return new Member();
  }

  /** From now on what is appended waits. */
  void hold() throws InterruptedException {
    settle();
    free.acquire();
  }

  void goOn() {
    free.release();
  }

  /** Everything that was appended is known. */
  void settle() throws InterruptedException {
    Semaphore done = new Semaphore(0);
    thread.execute(done::release);
    done.acquire();
  }

  /** Waits for an entry. */
  void await(Predicate<LogEntry> wanted) throws InterruptedException {
    LogEntry next;
    do {
      next = appended.poll(10, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("never appended");
      }
    } while (!wanted.test(next));
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
