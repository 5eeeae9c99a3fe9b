package io.github.upgradehandler.socketio.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.upgradehandler.socketio.testing.NpmProject;
import io.github.upgradehandler.socketio.testing.TestClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.util.Map;

/** Socket.IO for Node.js with its Redis adapter, see {@code src/test/cluster}. */
final class NodeServer implements AutoCloseable {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private final Process process;
  private final BufferedReader output;
  private final Writer input;
  private final int port;

  private NodeServer(Process process) throws IOException {
    this.process = process;
    output = process.inputReader(UTF_8);
    input = process.outputWriter(UTF_8);
    port = Integer.parseInt(line());
  }

  static NodeServer start(NpmProject scripts, String redis) throws IOException {
    return new NodeServer(
        scripts
            .builder(Map.of("REDIS", redis), "node", "node.mjs")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start());
  }

  /** Runs code there, on one line; gives what it returns. */
  JsonNode run(String code) throws IOException {
    input.write(code + "\n");
    input.flush();
    JsonNode answer = MAPPER.readTree(line());
    if (answer.has("error")) {
      throw new AssertionError(code + ": " + answer.path("error").asText());
    }
    return answer.path("value");
  }

  private String line() throws IOException {
    String line = output.readLine();
    if (line == null) {
      throw new AssertionError("the server of Node.js has ended");
    }
    return line;
  }

  TestClient client() {
    return new TestClient(port, "/socket.io/");
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }
}
