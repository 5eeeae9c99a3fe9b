package io.github.upgradehandler.spi;

import org.jspecify.annotations.Nullable;

/**
 * What a {@link Transport} reports to: its connection. {@link #onStarted} is called once and first,
 * the others by any thread and any number of times.
 *
 * <p>Implemented by the library, see {@link LiveConnection}; called by transports.
 */
public interface TransportListener {

  /** The transport is ready: opens the connection for the application. */
  void onStarted();

  /** There may be something to read; called by a thread of the container. */
  void onReadable();

  /** The transport can take more; called by a thread of the container. */
  void onWritable();

  /**
   * The peer has ended its half of TCP, or the transport has failed; called by a thread of the
   * container. In the first case what came before is handled and answered, then the connection
   * ends.
   *
   * @param cause null if the peer ended it in order
   */
  void onEnd(@Nullable Throwable cause);

  /** The transport was taken away; called by a thread of the container. */
  void onGone();

  /** Closes the transport on a worker, for a container whose locks this thread holds. */
  void closeOnWorker(Runnable close);

  /**
   * To be called by {@link Transport#read}, which then returns 0: a worker calls it again, which
   * may wait for the locks of a container, since it holds none.
   */
  void readOnWorker();

  /** Whether this is the worker that {@link #readOnWorker} asks for. */
  boolean isReadingOnWorker();
}
