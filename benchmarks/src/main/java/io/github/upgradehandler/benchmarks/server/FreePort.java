package io.github.upgradehandler.benchmarks.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** For servers that do not tell the port that the system has chosen. */
public final class FreePort {

  private FreePort() {}

  /** A port that nobody listens at. */
  public static int find() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }
}
