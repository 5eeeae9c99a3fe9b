package io.github.upgradehandler.servlet;

import io.github.upgradehandler.sse.EventOutput;
import io.github.upgradehandler.sse.EventStream;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Carries an event stream in the body of an asynchronous response. */
class ServletEventOutput implements EventOutput {

  private final AsyncContext async;
  private final ContainerOutput body;
  private final AtomicBoolean closed = new AtomicBoolean();

  ServletEventOutput(AsyncContext async, ContainerOutput body) {
    this.async = async;
    this.body = body;
  }

  /** The output as this container wants it used. */
  static ServletEventOutput of(AsyncContext async, ContainerOutput body) {
    if (body.inner().getClass().getName().startsWith("io.undertow.")) {
      return new UndertowEventOutput(async, body);
    }
    return async.getClass().getName().equals(TomcatEventOutput.CONTEXT)
        ? new TomcatEventOutput(async, body)
        : new ServletEventOutput(async, body);
  }

  /** Has the container report to the stream from now on. */
  final void listen(EventStream stream) {
    async.addListener(new Ending(stream));
    body.outer().setWriteListener(new Writer(stream));
  }

  /** The container has found an error, and ends the request when this returns. */
  void beforeEnd() {}

  /** The container can take more. */
  void report(EventStream stream) {
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
    return !closed.get() && ClosedOutput.is(body.inner());
  }

  @Override
  public void close() {
    complete();
  }

  /** Ends a response of Tomcat without waiting for what is unsent; whether it is ended. */
  final boolean cut() {
    return closed.get() || TomcatResponse.cut(body.inner());
  }

  /** Ends the response, unless it is. */
  final void complete() {
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
      stream.end();
      complete();
    }
  }

  private final class Ending implements AsyncListener {

    private final EventStream stream;

    Ending(EventStream stream) {
      this.stream = stream;
    }

    @Override
    public void onComplete(AsyncEvent event) {
      closed.set(true); // from now on the context may be another request's
      stream.end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      stream.end();
      complete();
    }

    @Override
    public void onError(AsyncEvent event) {
      beforeEnd();
      stream.end();
      complete();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}
  }
}
