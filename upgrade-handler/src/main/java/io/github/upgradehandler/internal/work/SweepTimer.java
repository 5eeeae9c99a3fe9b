package io.github.upgradehandler.internal.work;

import io.github.upgradehandler.internal.log.Log;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The one timer of a deployment: a thread that sweeps over the deadlines of every connection. On
 * the monotonic clock, so that setting the wall clock changes nothing.
 */
public final class SweepTimer implements AutoCloseable {

  private final ScheduledThreadPoolExecutor timer;
  private final LongSupplier nanoClock;

  /** Starts the timer with the system's monotonic clock. */
  public SweepTimer() {
    this(System::nanoTime);
  }

  /**
   * Starts the timer with another clock.
   *
   * @param nanoClock monotonic, in nanoseconds; thread-safe
   */
  public SweepTimer(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
    this.timer = new ScheduledThreadPoolExecutor(1, DaemonThreads.named("deadlines"));
    timer.setRemoveOnCancelPolicy(true);
  }

  /**
   * A timer without a thread, for tests, which move the clock and call the sweeps.
   *
   * @param nanoClock monotonic, in nanoseconds; thread-safe
   */
  public static SweepTimer byHand(LongSupplier nanoClock) {
    SweepTimer timer = new SweepTimer(nanoClock);
    timer.timer.setRejectedExecutionHandler(new ThreadPoolExecutor.DiscardPolicy());
    timer.timer.shutdown();
    return timer;
  }

  /** Stops the timer. */
  @Override
  public void close() {
    timer.shutdownNow();
  }

  /** The monotonic clock, in nanoseconds. */
  public long now() {
    return nanoClock.getAsLong();
  }

  /** Calls on the timer's thread again and again until cancelled, whatever the call throws. */
  public Future<?> every(Duration interval, Runnable sweep) {
    long nanos = interval.toNanos();
    return timer.scheduleWithFixedDelay(() -> sweepOnce(sweep), nanos, nanos, TimeUnit.NANOSECONDS);
  }

  /** What is thrown out of a task would end its repetition silently. */
  private void sweepOnce(Runnable sweep) {
    try {
      sweep.run();
    } catch (Throwable e) {
      if (!timer.isShutdown()) {
        Log.failure("a sweep over deadlines", e);
      }
    }
  }
}
