package io.github.upgradehandler.jetty;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.RetainableByteBuffer;
import org.eclipse.jetty.io.SelectableChannelEndPoint;
import org.eclipse.jetty.server.HttpStream;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * The stream of a handshake, which reads from the connection where Jetty reports a premature end.
 *
 * <p>Bytes that the HTTP parser has read together with the handshake keep the request from being
 * parsed to its end; Jetty gives them, and all that follow, by itself. They need nothing here.
 */
final class TunnelStream extends HttpStream.Wrapper {

  // Above the 16 KiB of a TLS record: Jetty decrypts into a buffer that large without a copy.
  private static final int BUFFER_BYTES = 32 * 1024;

  private final Request request;
  private final Response response;
  private final Callback fillable = new Fillable();

  // Used by one reader at a time, which Jetty ensures; failure and done are set by any thread.
  private boolean filling;
  private boolean emptied; // a socket by its last read; TLS may have more of what it has read
  private volatile @Nullable Throwable failure;
  private volatile boolean done;

  TunnelStream(HttpStream wrapped, Request request, Response response) {
    super(wrapped);
    this.request = request;
    this.response = response;
  }

  /** What Jetty gives, until that is an end where the tunnel has only begun. */
  @Override
  public Content.@Nullable Chunk read() {
    Throwable failed = failure;
    if (failed != null) {
      return Content.Chunk.from(failed);
    }
    if (!filling) {
      Content.Chunk chunk = super.read();
      if (chunk == null || !isEnd(chunk) || !isUpgraded()) {
        return chunk;
      }
      filling = true;
    }
    if (emptied) {
      emptied = false;
      return null; // saves the system call that would find nothing; what comes is reported
    }
    return fill();
  }

  private static boolean isEnd(Content.Chunk chunk) {
    return chunk.isLast() && !chunk.hasRemaining() && !Content.Chunk.isFailure(chunk);
  }

  /** Jetty's own WebSocket answers 101 too, but hands the end point to another connection. */
  private boolean isUpgraded() {
    return response.getStatus() == HttpStatus.SWITCHING_PROTOCOLS_101
        && request.getAttribute(UPGRADE_CONNECTION_ATTRIBUTE) == null;
  }

  /** The buffer leaves with the chunk, or goes back: an idle connection holds none. */
  private Content.@Nullable Chunk fill() {
    ByteBufferPool pool = request.getComponents().getByteBufferPool();
    boolean direct =
        request.getConnectionMetaData().getHttpConfiguration().isUseInputDirectByteBuffers();
    RetainableByteBuffer buffer = pool.acquire(BUFFER_BYTES, direct);
    try {
      EndPoint endPoint = endPoint();
      int filled = endPoint.fill(buffer.getByteBuffer());
      if (filled > 0) {
        emptied = filled < BUFFER_BYTES && endPoint instanceof SelectableChannelEndPoint;
        return Content.Chunk.asChunk(buffer.getByteBuffer(), false, buffer);
      }
      buffer.release();
      return filled < 0 ? Content.Chunk.EOF : null;
    } catch (IOException | RuntimeException e) {
      buffer.release();
      failure = e;
      return Content.Chunk.from(e);
    }
  }

  /** Wakes the reader when the connection has bytes, not at once as Jetty's own end would. */
  @Override
  public void demand() {
    if (!filling || failure != null) {
      super.demand();
      return;
    }
    EndPoint endPoint = endPoint();
    // "try", since after an idle timeout the interest of the timed-out demand is still there.
    endPoint.tryFillInterested(fillable);
    if (!endPoint.isOpen()) {
      // It may have been closed too early to report it; reporting twice does no harm.
      fillable.failed(new ClosedChannelException());
    }
  }

  /**
   * Ends the connection with its tunnel. Jetty would take it for a persistent HTTP connection, and
   * what the peer still sends for its next request.
   */
  @Override
  public void succeeded() {
    done = true;
    if (isUpgraded()) {
      endPoint().close();
    }
    super.succeeded();
  }

  @Override
  public void failed(Throwable x) {
    done = true;
    super.failed(x);
  }

  private EndPoint endPoint() {
    return getTunnelSupport().getEndPoint();
  }

  /** Makes Jetty call the demanding reader: its stream, being at its end, answers any demand. */
  private void wakeReader() {
    super.demand();
  }

  private final class Fillable implements Callback {

    @Override
    public void succeeded() {
      wakeReader();
    }

    @Override
    public void failed(Throwable x) {
      if (done) {
        return;
      }
      failure = x;
      // The failing thread may be a selector's or a timer's, and the reader may block.
      ThreadPool.executeImmediately(
          request.getComponents().getExecutor(), TunnelStream.this::wakeReader);
    }

    /** Since a read listener may block. */
    @Override
    public InvocationType getInvocationType() {
      return InvocationType.BLOCKING;
    }
  }
}
