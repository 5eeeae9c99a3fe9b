package io.github.upgradehandler.servlet.tomcat;

import io.github.upgradehandler.servlet.container.ClosedOutput;
import io.github.upgradehandler.servlet.container.ContainerOutput;
import io.github.upgradehandler.servlet.container.Interruption;
import io.github.upgradehandler.servlet.container.ServletEventOutput;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Tomcat (10.1 and 11) ends a request itself when writing has failed, on a thread of its own, and
 * gives the request's objects to a later one. Two things would end that one too: completing from
 * here what has failed, so that is left to Tomcat; and Tomcat's own writing, which notes a failure
 * only after that other thread was called ({@code AbstractProcessor.action}, {@code CLIENT_FLUSH}),
 * so that thread is held up until the writing one has returned.
 */
final class TomcatEventOutput extends ServletEventOutput {

  /** The class of its asynchronous contexts; others have one of that name in another package. */
  static final String CONTEXT = "org.apache.catalina.core.AsyncContextImpl";

  private static final ClosedOutput CLOSED = ClosedOutput.ofField(TomcatResponse.BUFFER);

  /** Writing never blocks; a bound all the same, since Tomcat holds locks meanwhile. */
  private static final long LONGEST_WAIT_MILLIS = 1000;

  private final Lock writing = new ReentrantLock();
  private volatile boolean failed;
  private volatile boolean blocked;

  TomcatEventOutput(AsyncContext async, ContainerOutput body) {
    super(async, body, CLOSED);
  }

  @Override
  public boolean isWritable() {
    boolean writable = super.isWritable();
    blocked = !writable;
    return writable;
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    writing.lock();
    try {
      super.write(bytes);
    } catch (IOException e) {
      failed = true;
      throw e;
    } finally {
      writing.unlock();
    }
  }

  @Override
  public void flush() throws IOException {
    writing.lock();
    try {
      super.flush();
    } catch (IOException e) {
      failed = true;
      throw e;
    } finally {
      writing.unlock();
    }
  }

  @Override
  protected void beforeEnd() {
    boolean interrupted = Interruption.lift(); // else it would not wait at all
    try {
      if (writing.tryLock(LONGEST_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
        writing.unlock();
      }
    } catch (InterruptedException e) {
      interrupted = true;
    } finally {
      Interruption.restore(interrupted);
    }
  }

  @Override
  public void close() {
    if (!failed && !(blocked && (isClosed() || TomcatResponse.cut(body().inner())))) {
      super.close();
    }
  }
}
