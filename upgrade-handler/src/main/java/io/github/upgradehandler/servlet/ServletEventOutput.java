package io.github.upgradehandler.servlet;

import io.github.upgradehandler.sse.EventOutput;
import io.github.upgradehandler.sse.EventStream;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Carries an event stream in the body of an asynchronous response. */
final class ServletEventOutput implements EventOutput {

  private final AsyncContext async;
  private final ServletOutputStream out;
  private final AtomicBoolean closed = new AtomicBoolean();

  ServletEventOutput(AsyncContext async, ServletOutputStream out) {
    this.async = async;
    this.out = out;
  }

  /** Has the container report to the stream from now on. */
  void listen(EventStream stream) {
    async.addListener(new Ending(stream));
    out.setWriteListener(new Writer(stream));
  }

  @Override
  public boolean isWritable() {
    return out.isReady();
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        async.complete();
      } catch (RuntimeException e) {
        // The container has completed it already, since the client is gone.
      }
    }
  }

  private record Writer(EventStream stream) implements WriteListener {

    @Override
    public void onWritePossible() {
      stream.onWritable();
    }

    @Override
    public void onError(Throwable cause) {
      stream.end();
    }
  }

  private record Ending(EventStream stream) implements AsyncListener {

    @Override
    public void onComplete(AsyncEvent event) {
      stream.end();
    }

    @Override
    public void onTimeout(AsyncEvent event) {
      stream.end();
    }

    @Override
    public void onError(AsyncEvent event) {
      stream.end();
    }

    @Override
    public void onStartAsync(AsyncEvent event) {}
  }
}
