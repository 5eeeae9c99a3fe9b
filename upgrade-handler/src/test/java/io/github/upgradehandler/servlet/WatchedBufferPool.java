package io.github.upgradehandler.servlet;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.DefaultByteBufferPool;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.xnio.XnioIoThread;

/** Knows which threads take buffers: in Undertow who reads from an upgraded connection does. */
final class WatchedBufferPool implements ByteBufferPool {

  private static final int BUFFER_BYTES = 16 << 10;

  private final ByteBufferPool pool = new DefaultByteBufferPool(true, BUFFER_BYTES);
  private final Set<String> strangers = ConcurrentHashMap.newKeySet();

  /** The names of the threads that have taken a buffer and are no I/O threads. */
  Set<String> strangers() {
    return strangers;
  }

  @Override
  public PooledByteBuffer allocate() {
    if (!(Thread.currentThread() instanceof XnioIoThread)) {
      strangers.add(Thread.currentThread().getName());
    }
    return pool.allocate();
  }

  @Override
  public ByteBufferPool getArrayBackedPool() {
    return pool.getArrayBackedPool();
  }

  @Override
  public void close() {
    pool.close();
  }

  @Override
  public int getBufferSize() {
    return pool.getBufferSize();
  }

  @Override
  public boolean isDirect() {
    return pool.isDirect();
  }
}
