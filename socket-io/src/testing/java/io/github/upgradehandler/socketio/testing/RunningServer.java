package io.github.upgradehandler.socketio.testing;

/**
 * A container that runs.
 *
 * @param stop ends it
 */
public record RunningServer(int port, AutoCloseable stop) implements AutoCloseable {

  @Override
  public void close() throws Exception {
    stop.close();
  }
}
