package io.github.upgradehandler.servlet.container;

import io.github.upgradehandler.spi.TransportListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.WebConnection;
import java.io.EOFException;
import java.io.IOException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The streams of one upgraded connection, used by the servlet API's rules of non-blocking I/O. What
 * a container needs beyond them is in a subclass, in that container's package.
 */
public class ContainerStreams implements ReadListener, WriteListener {

  private final WebConnection container;
  private final ServletInputStream in;
  private final ServletOutputStream out;
  private final TransportListener listener;

  /** Takes the connection's streams; nothing is read or written before {@link #listen}. */
  public ContainerStreams(WebConnection container, TransportListener listener) throws IOException {
    this.container = container;
    this.in = container.getInputStream();
    this.out = container.getOutputStream();
    this.listener = listener;
  }

  /** Has the container report to the connection from now on. */
  public void listen() throws IOException {
    in.setReadListener(this);
    out.setWriteListener(this);
  }

  /** See {@link io.github.upgradehandler.spi.Transport#read}. */
  public int read(byte[] buffer) throws IOException {
    while (!in.isFinished()) {
      if (!in.isReady()) {
        return 0;
      }
      // A container may say that it is ready and then give nothing; its callback comes only after
      // isReady was false.
      int count = in.read(buffer);
      if (count != 0) {
        return count;
      }
    }
    return -1;
  }

  /** See {@link io.github.upgradehandler.spi.Transport#writingExecutor}. */
  public @Nullable Executor writingExecutor() {
    return null;
  }

  /** See {@link io.github.upgradehandler.spi.Transport#afterOthers}. */
  public @Nullable Executor afterOthers() {
    return null;
  }

  /** See {@link io.github.upgradehandler.spi.Transport#reportsAgain}. */
  public boolean reportsAgain() {
    return false;
  }

  /** See {@link io.github.upgradehandler.spi.Transport#isWritable}. */
  public boolean isWritable() {
    return out.isReady();
  }

  /** See {@link io.github.upgradehandler.spi.Transport#write}. */
  public void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
  }

  /** See {@link io.github.upgradehandler.spi.Transport#flush}. */
  public void flush() throws IOException {
    out.flush();
  }

  /** Ends the connection. Thread-safe. */
  public void close() {
    try {
      container.close();
    } catch (Exception e) {
      // The connection has ended all the same, and its end is reported by another call.
    }
  }

  /** The connection as the container has it. */
  protected final WebConnection container() {
    return container;
  }

  /** The connection that is reported to. */
  protected final TransportListener listener() {
    return listener;
  }

  /** What is read from. */
  protected final ServletInputStream in() {
    return in;
  }

  /** What is written to. */
  protected final ServletOutputStream out() {
    return out;
  }

  @Override
  public void onDataAvailable() {
    listener.onReadable();
  }

  @Override
  public void onAllDataRead() {
    listener.onEnd(null);
  }

  @Override
  public void onWritePossible() {
    listener.onWritable();
  }

  @Override
  public void onError(Throwable cause) {
    // Some containers report the ordinary end of the stream as an error.
    listener.onEnd(cause instanceof EOFException ? null : cause);
  }
}
