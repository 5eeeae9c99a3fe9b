package io.github.upgradehandler.servlet;

import io.github.upgradehandler.connection.Connection;
import jakarta.servlet.http.WebConnection;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Tomcat 10.1 and 11: what the servlet API cannot do there goes through {@link TomcatSocket}. */
final class TomcatStreams extends ContainerStreams {

  private final @Nullable TomcatSocket socket;
  private final RepeatedCalls calls = new RepeatedCalls();
  private volatile long reads;

  TomcatStreams(WebConnection container, Connection connection) throws IOException {
    super(container, connection);
    socket = TomcatSocket.of(in());
  }

  @Override
  int read(byte[] buffer) throws IOException {
    if (socket == null) {
      return count(super.read(buffer));
    }
    socket.lock().lock();
    try {
      return count(super.read(buffer));
    } finally {
      socket.lock().unlock();
    }
  }

  private int count(int read) {
    if (read != 0) {
      long before = reads; // by one thread at a time
      reads = before + 1;
    }
    return read;
  }

  @Override
  public void onDataAvailable() {
    super.onDataAvailable();
    calls.returned(reads);
  }

  @Override
  void close() {
    super.close();
    if (socket != null) {
      socket.end();
    }
  }
}
