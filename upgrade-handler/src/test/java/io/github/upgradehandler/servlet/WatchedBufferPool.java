package io.github.upgradehandler.servlet;

import io.undertow.connector.ByteBufferPool;
import io.undertow.connector.PooledByteBuffer;
import io.undertow.server.DefaultByteBufferPool;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.xnio.XnioIoThread;

/** Knows which threads take buffers: in Undertow who reads from an upgraded connection does. */
final class WatchedBufferPool implements ByteBufferPool {

  private static final int BUFFER_BYTES = 16 << 10;

  private final ByteBufferPool pool = new DefaultByteBufferPool(true, BUFFER_BYTES);
  private final Set<String> strangers = ConcurrentHashMap.newKeySet();
  private final AtomicLong allocations = new AtomicLong();

  /** The names of the threads that have taken a buffer and are no I/O threads. */
  Set<String> strangers() {
    return strangers;
  }

  /** How many buffers were taken so far. */
  long allocations() {
    return allocations.get();
  }

  @Override
  public PooledByteBuffer allocate() {
    allocations.incrementAndGet();
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
