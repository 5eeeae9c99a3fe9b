package io.github.upgradehandler.client.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** The bytes of a socket inside TLS. Nothing is kept for a connection that is idle. */
final class TlsStream implements ByteStream {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Port port;
  private final ByteStream socket;
  private final SSLEngine engine;
  private final TlsOutput output;

  // Used by the thread that reads. What they hold is from position to limit.
  private ByteBuffer received = NOTHING;
  private ByteBuffer decrypted = NOTHING;

  TlsStream(Port port, ByteStream socket, SSLEngine engine) {
    this.port = port;
    this.socket = socket;
    this.engine = engine;
    this.output = new TlsOutput(socket, engine);
  }

  /**
   * Goes on with the handshake as far as it comes; before anything else, on the loop's thread.
   *
   * @throws IOException if it fails, or the peer ends
   */
  Progress handshake() throws IOException {
    try {
      return advance();
    } catch (SSLException e) {
      throw e;
    } catch (IOException e) {
      throw refusal(e);
    }
  }

  private Progress advance() throws IOException {
    while (true) {
      HandshakeStatus status = engine.getHandshakeStatus();
      switch (status) {
        case NEED_TASK -> {
          return Progress.NEEDS_WORK;
        }
        case NEED_WRAP -> {
          if (!output.flush()) {
            return Progress.NEEDS_OUTPUT;
          }
          output.respond();
        }
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          if (!output.flush()) {
            return Progress.NEEDS_OUTPUT;
          }
          if (!unwrap() && !receive()) {
            return Progress.NEEDS_INPUT;
          }
        }
        case FINISHED, NOT_HANDSHAKING -> {
          return output.flush() ? Progress.DONE : Progress.NEEDS_OUTPUT;
        }
      }
    }
  }

  /**
   * A server that refuses sends an alert and ends: it is there to read where writing fails first.
   */
  private IOException refusal(IOException failure) {
    ByteBuffer unsent = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    try {
      while (true) {
        switch (engine.getHandshakeStatus()) {
          case NEED_TASK -> work();
          case NEED_WRAP -> engine.wrap(NOTHING, unsent.clear());
          default -> {
            // A plain stream that has given less than was asked for says 0 once, without looking.
            if (!unwrap() && receiveMore() <= 0 && receiveMore() <= 0) {
              return failure;
            }
          }
        }
      }
    } catch (SSLException e) {
      e.addSuppressed(failure);
      return e;
    } catch (IOException e) {
      return failure;
    }
  }

  /** What the handshake needs of the processor, and maybe of other servers: not on the loop. */
  void work() {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    while (!decrypted.hasRemaining()) {
      if (engine.isInboundDone()) {
        return -1;
      }
      if (!unwrap()) {
        int count = receiveMore();
        if (count <= 0) {
          release();
          return count;
        }
      }
      respond();
    }
    int count = Math.min(target.remaining(), decrypted.remaining());
    target.put(decrypted.duplicate().limit(decrypted.position() + count));
    decrypted.position(decrypted.position() + count);
    return count;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    return output.write(source);
  }

  @Override
  public boolean flush() throws IOException {
    return output.flush();
  }

  @Override
  public void close() {
    output.end();
    socket.close();
  }

  /** A change of keys, and whatever else the peer wants an answer to (RFC 8446 section 4.6.3). */
  private void respond() throws IOException {
    HandshakeStatus status = engine.getHandshakeStatus();
    if (status == HandshakeStatus.NEED_TASK) {
      work();
      status = engine.getHandshakeStatus();
    }
    if (status == HandshakeStatus.NEED_WRAP) {
      output.respond();
      if (!output.flush()) {
        port.want(SelectionKey.OP_WRITE);
      }
    }
  }

  /** Whether more was received. */
  private boolean receive() throws IOException {
    int count = receiveMore();
    if (count < 0) {
      throw new SSLException("the server has ended the connection in the TLS handshake");
    }
    return count > 0;
  }

  private int receiveMore() throws IOException {
    if (received.capacity() == 0) {
      received = ByteBuffer.allocate(engine.getSession().getPacketBufferSize()).limit(0);
    }
    received.compact();
    if (!received.hasRemaining()) {
      received = larger(received, engine.getSession().getPacketBufferSize());
    }
    try {
      // An end without close_notify cuts nothing off unseen: WebSocket has a Close frame.
      return socket.read(received);
    } finally {
      received.flip();
    }
  }

  /** Decrypts a record; false if more of it must be received first. */
  private boolean unwrap() throws SSLException {
    if (!received.hasRemaining()) {
      return false;
    }
    if (decrypted.capacity() == 0) {
      decrypted = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
    } else {
      decrypted.clear();
    }
    try {
      SSLEngineResult result = engine.unwrap(received, decrypted);
      if (result.getStatus() == Status.BUFFER_OVERFLOW) {
        decrypted = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
        result = engine.unwrap(received, decrypted);
      }
      return result.getStatus() != Status.BUFFER_UNDERFLOW;
    } finally {
      decrypted.flip();
    }
  }

  private void release() {
    decrypted = NOTHING;
    if (!received.hasRemaining()) {
      received = NOTHING;
    }
  }

  private static ByteBuffer larger(ByteBuffer full, int more) {
    full.flip();
    return ByteBuffer.allocate(full.remaining() + more).put(full);
  }
}
