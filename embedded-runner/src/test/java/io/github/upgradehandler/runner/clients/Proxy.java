package io.github.upgradehandler.runner.clients;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** A reverse proxy of Debian, with its file in {@code deploy}: only the addresses are others. */
final class Proxy implements AutoCloseable {

  /** The proxies under test. */
  enum Kind {
    NGINX("nginx", ".conf") {
      @Override
      List<String> command(Path file) {
        return List.of(
            "nginx",
            "-c",
            file.toString(),
            "-e",
            "stderr",
            "-g",
            "daemon off; pid " + file + ".pid;");
      }
    },
    HAPROXY("haproxy", ".cfg") {
      @Override
      List<String> command(Path file) {
        return List.of("haproxy", "-db", "-f", file.toString());
      }
    };

    private final String name;
    private final String extension;

    Kind(String name, String extension) {
      this.name = name;
      this.extension = extension;
    }

    private String file(String variant) {
      return name + variant + extension;
    }

    abstract List<String> command(Path file);
  }

  private static final long START_LIMIT_NANOS = 10_000_000_000L;
  private static final long LOOK_NANOS = 10_000_000;

  private final ChildProcess process;
  private final int port;

  private Proxy(ChildProcess process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts a proxy in front of two servers, where a client stays with one; fails if it is not
   * installed.
   */
  static Proxy start(Kind kind, URI one, URI two) throws IOException {
    return start(kind.file(""), kind, one, two);
  }

  /** The same for two servers with one Redis, where a client comes to any. */
  static Proxy startWithRedis(Kind kind, URI one, URI two) throws IOException {
    return start(kind.file("-redis"), kind, one, two);
  }

  private static Proxy start(String name, Kind kind, URI one, URI two) throws IOException {
    int port = freePort();
    Path original = Directories.MODULE.resolveSibling("deploy").resolve(name);
    String text = Files.readString(original);
    text = replace(text, "127.0.0.1:8000", "127.0.0.1:" + port);
    text = replace(text, "127.0.0.1:8081", one.getAuthority());
    text = replace(text, "127.0.0.1:8082", two.getAuthority());
    Path directory = Files.createDirectories(Directories.TARGET.resolve("proxies"));
    Path file = Files.writeString(directory.resolve(name), text);
    ChildProcess process =
        ChildProcess.start(new ProcessBuilder(kind.command(file)), (proxy, line) -> {});
    Proxy proxy = new Proxy(process, port);
    try {
      proxy.awaitListening();
    } catch (AssertionError e) {
      proxy.close();
      throw e;
    }
    return proxy;
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  URI http(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  URI webSocket(String path) {
    return URI.create("ws://127.0.0.1:" + port + path);
  }

  private void awaitListening() {
    long end = System.nanoTime() + START_LIMIT_NANOS;
    while (!accepts()) {
      if (!process.isAlive() || System.nanoTime() - end > 0) {
        throw new AssertionError("the proxy does not listen\n" + process.output());
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }

  private boolean accepts() {
    try (Socket socket = new Socket()) {
      socket.connect(address());
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static String replace(String text, String address, String by) {
    if (!text.contains(address)) {
      throw new AssertionError("the proxy's file does not name " + address);
    }
    return text.replace(address, by);
  }

  private static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.stop();
  }
}
