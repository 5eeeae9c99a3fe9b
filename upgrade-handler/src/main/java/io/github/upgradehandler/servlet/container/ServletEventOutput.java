package io.github.upgradehandler.servlet.container;

import io.github.upgradehandler.internal.sse.EventOutput;
import io.github.upgradehandler.internal.sse.EventStream;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Carries an event stream in the body of an asynchronous response. What a container needs beyond
 * the servlet API is in a subclass, in that container's package.
 */
public class ServletEventOutput implements EventOutput {

  private final AsyncContext async;
  private final ContainerOutput body;
  private final ClosedOutput closedOutput;
  private final AtomicBoolean closed = new AtomicBoolean();

  /**
   * Writes into the body of an asynchronous response.
   *
   * @param closedOutput how to find that the body was closed by others
   */
  public ServletEventOutput(AsyncContext async, ContainerOutput body, ClosedOutput closedOutput) {
    this.async = async;
    this.body = body;
    this.closedOutput = closedOutput;
  }

  /** Has the container report to the stream from now on. */
  public final void listen(EventStream stream) {
    async.addListener(
        new ResponseEnd(
            () -> {
              closed.set(true); // from now on the context may be another request's
              stream.end();
            },
            () -> end(stream),
            () -> {
              beforeEnd();
              end(stream);
            }));
    body.outer().setWriteListener(new Writer(stream));
  }

  private void end(EventStream stream) {
    stream.end();
    complete();
  }

  /** The container has found an error, and ends the request when this returns. */
  protected void beforeEnd() {}

  /** The container can take more. */
  protected void report(EventStream stream) {
    stream.onWritable();
  }

  @Override
  public boolean isWritable() {
    boolean interrupted = Interruption.lift();
    try {
      return body.isReady();
    } finally {
      Interruption.restore(interrupted);
    }
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    boolean interrupted = Interruption.lift();
    try {
      body.outer().write(bytes);
    } finally {
      Interruption.restore(interrupted);
    }
  }

  @Override
  public void flush() throws IOException {
    boolean interrupted = Interruption.lift();
    try {
      body.outer().flush();
    } finally {
      Interruption.restore(interrupted);
    }
  }

  /** Threads of the container; it may be a publisher's thread that has written until now. */
  @Override
  public @Nullable Executor afterOthers() {
    return async::start;
  }

  @Override
  public boolean isClosedByOthers() {
    return !closed.get() && closedOutput.is(body.inner());
  }

  @Override
  public void close() {
    complete();
  }

  /** Whether the response has ended, whatever ended it. */
  protected final boolean isClosed() {
    return closed.get();
  }

  /** The body that is written to. */
  protected final ContainerOutput body() {
    return body;
  }

  /** Ends the response, unless it is. */
  protected final void complete() {
    if (closed.compareAndSet(false, true)) {
      boolean interrupted = Interruption.lift();
      try {
        async.complete();
      } catch (RuntimeException e) {
        // The container has completed it already, since the client is gone.
      } finally {
        Interruption.restore(interrupted);
      }
    }
  }

  private final class Writer implements WriteListener {

    private final EventStream stream;

    Writer(EventStream stream) {
      this.stream = stream;
    }

    @Override
    public void onWritePossible() {
      report(stream);
    }

    @Override
    public void onError(Throwable cause) {
      end(stream);
    }
  }
}
