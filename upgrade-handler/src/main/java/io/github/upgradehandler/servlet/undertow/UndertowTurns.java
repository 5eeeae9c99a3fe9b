package io.github.upgradehandler.servlet.undertow;

import static io.github.upgradehandler.internal.log.Log.LOG;

import io.github.upgradehandler.servlet.container.ContainerInternals;
import java.io.Closeable;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.lang.reflect.Method;
import java.util.ArrayDeque;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * Tasks that run after the other connections of an I/O thread have had their turn.
 *
 * <p>XNIO (seen on 3.8.16, {@code WorkerThread.run}) runs all tasks that wait, those that come
 * meanwhile and those whose delay is over included, before it selects sockets again: tasks that
 * submit themselves again are then all that it runs. So these wait for an event of the selector: a
 * pipe into which nothing is written is always ready to be written to, and is reported once for
 * each selection. It exists only while something waits.
 *
 * <p>Confined to the I/O thread.
 */
final class UndertowTurns {

  private static final ContainerInternals<Names> INTERNALS =
      new ContainerInternals<>(Level.DEBUG, "no pipe of XNIO", Names::in);

  /** For the I/O threads on which something waits. */
  private static final Map<Thread, UndertowTurns> ACTIVE = new ConcurrentHashMap<>();

  private final Thread thread;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private @Nullable Pipe pipe;

  private UndertowTurns(Thread thread) {
    this.thread = thread;
  }

  /**
   * Runs a task on this I/O thread after what is ready now.
   *
   * @throws RejectedExecutionException if the server is stopping
   */
  static void afterOthers(Runnable task) {
    Thread thread = Thread.currentThread();
    UndertowTurns turns = ACTIVE.get(thread);
    if (turns == null) {
      turns = new UndertowTurns(thread);
      turns.begin();
      ACTIVE.put(thread, turns);
    }
    turns.waiting.add(task);
  }

  private void begin() {
    pipe = INTERNALS.reach(thread, names -> names.open(thread, this::turn, this::stopped));
    if (pipe == null) { // no descriptors are left, or the server is stopping
      ((Executor) thread).execute(this::turn);
    }
  }

  /** Runs what waits; what comes meanwhile has the next turn. */
  private void turn() {
    for (int count = waiting.size(); count > 0; count--) {
      try {
        waiting.remove().run();
      } catch (Throwable e) { // the others' tasks are to run
        LOG.log(Level.ERROR, "going on after others", e);
      }
    }
    if (waiting.isEmpty()) {
      end();
    } else if (pipe == null) {
      runSoon();
    }
  }

  private void end() {
    ACTIVE.remove(thread);
    Pipe ended = pipe;
    pipe = null;
    if (ended != null) {
      ended.close();
    }
  }

  /** The pipe is closed. */
  private void stopped() {
    if (pipe != null) {
      pipe = null;
      runSoon();
    }
  }

  private void runSoon() {
    try {
      ((Executor) thread).execute(this::turn);
    } catch (RejectedExecutionException e) { // a task that wants to go on is told so
      ACTIVE.remove(thread);
      turn();
    }
  }

  /** What is always ready to be written to. */
  private record Pipe(Closeable source, Closeable sink) {

    void close() {
      try (source;
          sink) {
        // both
      } catch (IOException e) {
        LOG.log(Level.DEBUG, "closing a pipe", e);
      }
    }
  }

  /** XNIO's names. */
  private record Names(
      Method open,
      Method source,
      Method sink,
      Class<?> listener,
      Method setWriteListener,
      Method setCloseListener,
      Method resumeWrites) {

    static Names in(Class<?> thread) throws ReflectiveOperationException {
      ClassLoader loader = thread.getClassLoader();
      Class<?> pipe = Class.forName("org.xnio.ChannelPipe", true, loader);
      Class<?> sink = Class.forName("org.xnio.conduits.ConduitStreamSinkChannel", true, loader);
      Class<?> listener = Class.forName(XnioListener.TYPE, true, loader);
      return new Names(
          Class.forName("org.xnio.XnioIoThread", true, loader).getMethod("createHalfDuplexPipe"),
          pipe.getMethod("getLeftSide"),
          pipe.getMethod("getRightSide"),
          listener,
          sink.getMethod("setWriteListener", listener),
          sink.getMethod("setCloseListener", listener),
          sink.getMethod("resumeWrites"));
    }

    Pipe open(Thread thread, Runnable writable, Runnable closed)
        throws ReflectiveOperationException {
      Object opened = open.invoke(thread);
      Object out = sink.invoke(opened);
      setWriteListener.invoke(out, XnioListener.of(listener, writable));
      setCloseListener.invoke(out, XnioListener.of(listener, closed));
      resumeWrites.invoke(out);
      return new Pipe((Closeable) source.invoke(opened), (Closeable) out);
    }
  }
}
