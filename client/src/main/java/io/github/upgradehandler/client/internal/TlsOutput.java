package io.github.upgradehandler.client.internal;

import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** The sending half of {@link TlsStream}, for the thread that writes and the one that reads. */
final class TlsOutput {

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final ByteStream socket;
  private final SSLEngine engine;
  private ByteBuffer encrypted = NOTHING; // guarded by the monitor; from position to limit

  TlsOutput(ByteStream socket, SSLEngine engine) {
    this.socket = socket;
    this.engine = engine;
  }

  /** See {@link ByteStream#write}: a record at a time, so that one waits at most. */
  synchronized int write(ByteBuffer plain) throws IOException {
    int begin = plain.position();
    while (plain.hasRemaining() && flush()) {
      int before = plain.remaining();
      wrap(plain);
      if (plain.remaining() == before && !encrypted.hasRemaining()) {
        throw new SSLException("TLS was ended");
      }
    }
    flush();
    return plain.position() - begin;
  }

  /** Sends what the engine has to say of itself. */
  synchronized void respond() throws IOException {
    if (flush()) {
      wrap(NOTHING);
      flush();
    }
  }

  /** See {@link ByteStream#flush}. */
  synchronized boolean flush() throws IOException {
    while (encrypted.hasRemaining()) {
      if (socket.write(encrypted) == 0) {
        return false;
      }
    }
    encrypted = NOTHING;
    return true;
  }

  /** Tells the peer that no more comes (RFC 8446 section 6.1), if the socket takes it. */
  synchronized void end() {
    engine.closeOutbound();
    try {
      respond();
    } catch (IOException e) {
      // The peer has gone, and misses nothing.
    }
  }

  private void wrap(ByteBuffer plain) throws SSLException {
    ByteBuffer target = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
    SSLEngineResult result = engine.wrap(plain, target);
    if (result.getStatus() == Status.BUFFER_OVERFLOW) {
      target = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      engine.wrap(plain, target);
    }
    encrypted = target.flip();
  }
}
