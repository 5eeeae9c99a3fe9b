package io.github.upgradehandler.servlet.undertow;

import io.github.upgradehandler.internal.sse.EventStream;
import io.github.upgradehandler.servlet.container.ClosedOutput;
import io.github.upgradehandler.servlet.container.ContainerOutput;
import io.github.upgradehandler.servlet.container.ServletEventOutput;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import java.io.IOException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Undertow's {@code ServletOutputStreamImpl} keeps its state in plain fields too, see {@link
 * UndertowStreams}: what another thread writes while the I/O thread reports may never be reported
 * again. So it is the I/O thread that writes.
 *
 * <p>Its {@code flush} leaves what the client does not take at once in the buffer, and {@code
 * isReady} still returns true: it would never be sent. So there is no room in the buffer, and every
 * write goes to the channel, which reports when it has taken the rest.
 */
final class UndertowEventOutput extends ServletEventOutput {

  /** Bytes that Undertow keeps back: the fewest that a buffer can have. */
  private static final int BUFFER = 1;

  private static final ClosedOutput CLOSED = ClosedOutput.ofItself();

  private final UndertowThread ioThread = new UndertowThread();
  private final ServletOutputStream out;
  private volatile @Nullable EventStream stream;
  private boolean unflushed; // confined to the I/O thread

  UndertowEventOutput(AsyncContext async, ContainerOutput body) {
    super(async, body, CLOSED);
    this.out = body.inner();
    async.getResponse().setBufferSize(BUFFER);
  }

  @Override
  protected void report(EventStream writable) {
    stream = writable;
    ioThread.calledBack();
    try {
      if (unflushed) {
        flush();
      }
    } catch (IOException e) {
      writable.end();
      return;
    }
    if (!unflushed) {
      super.report(writable);
    }
  }

  /** On the I/O thread, as all writing. */
  @Override
  public void flush() throws IOException {
    super.flush();
    unflushed = !UndertowResponse.flush(out);
  }

  @Override
  public boolean isWritable() {
    if (ioThread.isCurrent()) {
      return !unflushed && super.isWritable();
    }
    EventStream reported = stream;
    if (reported != null) {
      ioThread.execute(reported::onWritable);
    }
    return false;
  }

  @Override
  public @Nullable Executor afterOthers() {
    return ioThread.afterOthers();
  }

  @Override
  public void close() {
    ioThread.run(super::close);
  }
}
