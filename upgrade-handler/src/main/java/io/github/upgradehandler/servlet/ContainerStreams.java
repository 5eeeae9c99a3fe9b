package io.github.upgradehandler.servlet;

import io.github.upgradehandler.WebSocketConfig;
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
 * The streams of one upgraded listener, used by the servlet API's rules of non-blocking I/O. What a
 * container wants beyond them is in a subclass of its own.
 */
class ContainerStreams implements ReadListener, WriteListener {

  private final WebConnection container;
  private final ServletInputStream in;
  private final ServletOutputStream out;
  private final TransportListener listener;

  ContainerStreams(WebConnection container, TransportListener listener) throws IOException {
    this.container = container;
    this.in = container.getInputStream();
    this.out = container.getOutputStream();
    this.listener = listener;
  }

  /** The streams as this container wants them used. */
  static ContainerStreams of(
      WebConnection container, TransportListener listener, WebSocketConfig config)
      throws IOException {
    String type = container.getInputStream().getClass().getName();
    if (type.startsWith("io.undertow.")) {
      XnioChannels channels = config.undertowChannels() ? XnioChannels.of(container) : null;
      return channels == null
          ? new UndertowStreams(container, listener)
          : new UndertowChannels(container, listener, channels);
    }
    if (type.equals(TomcatSocket.STREAM)) {
      return new TomcatStreams(container, listener);
    }
    return switch (container.getClass().getName()) {
      case LibertySocket.CONNECTION -> new LibertyStreams(container, listener);
      case GlassFishStreams.CONNECTION -> new GlassFishStreams(container, listener);
      default -> new ContainerStreams(container, listener);
    };
  }

  /** Has the container report to the connection from now on. */
  void listen() throws IOException {
    in.setReadListener(this);
    out.setWriteListener(this);
  }

  /** See {@link io.github.upgradehandler.spi.Transport#read}. */
  int read(byte[] buffer) throws IOException {
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
  @Nullable Executor writingExecutor() {
    return null;
  }

  /** See {@link io.github.upgradehandler.spi.Transport#afterOthers}. */
  @Nullable Executor afterOthers() {
    return null;
  }

  /** See {@link io.github.upgradehandler.spi.Transport#reportsAgain}. */
  boolean reportsAgain() {
    return false;
  }

  /** See {@link io.github.upgradehandler.spi.Transport#isWritable}. */
  boolean isWritable() {
    return out.isReady();
  }

  /** See {@link io.github.upgradehandler.spi.Transport#write}. */
  void write(byte[] bytes, int offset, int length) throws IOException {
    out.write(bytes, offset, length);
  }

  /** See {@link io.github.upgradehandler.spi.Transport#flush}. */
  void flush() throws IOException {
    out.flush();
  }

  /** Ends the listener; any thread may call it, and two at once. */
  void close() {
    try {
      container.close();
    } catch (Exception e) {
      // The connection is gone one way or another; whoever closed it knows why.
    }
  }

  final WebConnection container() {
    return container;
  }

  final TransportListener listener() {
    return listener;
  }

  final ServletInputStream in() {
    return in;
  }

  final ServletOutputStream out() {
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
    // Tomcat reports the ordinary end of the stream as an error.
    listener.onEnd(cause instanceof EOFException ? null : cause);
  }
}
