package io.github.upgradehandler.runner.clients;

import static java.util.concurrent.TimeUnit.SECONDS;

import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * An echo by other hands. A text of {@code close 4001 why} has it close so, {@code abort} end TCP,
 * and {@code fragments} send "abc" in three.
 *
 * @param uri where it is
 * @param process ends it
 */
record ForeignServer(URI uri, AutoCloseable process) implements AutoCloseable {

  private static final Path SOURCE = Directories.MODULE.resolve("src/test/servers");

  /** A process of a server with what it has printed when it listens. */
  record Listening(List<String> lines, ChildProcess process) {

    URI uri(String scheme, String port) {
      return URI.create(scheme + "://127.0.0.1:" + port + "/echo");
    }
  }

  /**
   * npm's ws; it prints the ports for {@code ws:}, {@code wss:}, and {@code wss:} at another
   * address.
   *
   * @param keyStore PKCS12 in Base64, with its certificate
   */
  static Listening ws(String keyStore, String password) throws Exception {
    NodeProject project = NodeProject.install(SOURCE, "servers");
    ProcessBuilder node = project.command("ws-server.mjs");
    node.environment().putAll(Map.of("TLS_KEY_STORE", keyStore, "TLS_PASSWORD", password));
    return listening(node, "\\d+ \\d+ \\d+");
  }

  /** Debian's python3-websockets; it prints a line for each way to compress. */
  static Listening websockets() throws Exception {
    return listening(
        new ProcessBuilder("/usr/bin/python3", SOURCE.resolve("websockets_server.py").toString()),
        "listening");
  }

  private static Listening listening(ProcessBuilder builder, String last) throws Exception {
    BlockingQueue<String> printed = new LinkedBlockingQueue<>();
    ChildProcess process = ChildProcess.start(builder, (source, line) -> printed.add(line));
    List<String> lines = new ArrayList<>();
    do {
      String line = printed.poll(30, SECONDS);
      if (line == null) {
        process.kill();
        throw new AssertionError("the server does not listen\n" + process.output());
      }
      lines.add(line);
    } while (!lines.get(lines.size() - 1).matches(last));
    return new Listening(lines, process);
  }

  @Override
  public void close() throws Exception {
    process.close();
  }
}
