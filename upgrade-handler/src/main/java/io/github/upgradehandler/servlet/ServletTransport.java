package io.github.upgradehandler.servlet;

import io.github.upgradehandler.servlet.container.ContainerOptions;
import io.github.upgradehandler.servlet.container.ContainerStreams;
import io.github.upgradehandler.servlet.container.Interruption;
import io.github.upgradehandler.spi.Transport;
import io.github.upgradehandler.spi.TransportListener;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Carries bytes over the streams that the container gives once it has upgraded the listener. */
final class ServletTransport implements Transport {

  private final AtomicBoolean closed = new AtomicBoolean();
  private final ContainerOptions options;
  private volatile @Nullable ContainerStreams streams;
  private volatile @Nullable SessionUse use;

  ServletTransport(ContainerOptions options) {
    this.options = options;
  }

  /** The container has upgraded the listener; until then nothing is read or written. */
  void attach(WebConnection container, TransportListener listener) throws IOException {
    ContainerStreams attached = Containers.streams(container, listener, options);
    streams = attached;
    if (closed.get()) {
      close(attached);
    }
  }

  /** Has what the peer sends counted as use of its session. */
  void countAs(SessionUse session) {
    use = session;
  }

  /** Has the container report to the connection from now on. */
  void listen() throws IOException {
    streams().listen();
  }

  @Override
  public int read(byte[] buffer) throws IOException {
    boolean interrupted = Interruption.lift();
    try {
      int count = streams().read(buffer);
      SessionUse counted = use;
      if (counted != null && count > 0) {
        counted.received(buffer, count);
      }
      return count;
    } finally {
      Interruption.restore(interrupted);
    }
  }

  @Override
  public @Nullable Executor writingExecutor() {
    ContainerStreams attached = streams;
    return attached == null ? null : attached.writingExecutor();
  }

  @Override
  public @Nullable Executor afterOthers() {
    ContainerStreams attached = streams;
    return attached == null ? null : attached.afterOthers();
  }

  @Override
  public boolean reportsAgain() {
    return streams().reportsAgain();
  }

  @Override
  public boolean isWritable() {
    boolean interrupted = Interruption.lift();
    try {
      return streams().isWritable();
    } finally {
      Interruption.restore(interrupted);
    }
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    boolean interrupted = Interruption.lift();
    try {
      streams().write(bytes, offset, length);
    } finally {
      Interruption.restore(interrupted);
    }
  }

  @Override
  public void flush() throws IOException {
    boolean interrupted = Interruption.lift();
    try {
      streams().flush();
    } finally {
      Interruption.restore(interrupted);
    }
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      ContainerStreams attached = streams;
      if (attached != null) {
        close(attached);
      }
    }
  }

  private static void close(ContainerStreams attached) {
    boolean interrupted = Interruption.lift();
    try {
      attached.close();
    } finally {
      Interruption.restore(interrupted);
    }
  }

  /** Whether {@link #close} was called, so that the streams may fail at any moment. */
  boolean isClosed() {
    return closed.get();
  }

  private ContainerStreams streams() {
    return Objects.requireNonNull(streams, "not attached");
  }
}
