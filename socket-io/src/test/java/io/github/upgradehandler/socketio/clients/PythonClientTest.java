package io.github.upgradehandler.socketio.clients;

import io.github.upgradehandler.socketio.testing.TestApplication;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The client of Python, python-socketio as Debian has it; see {@code src/test/clients}. */
@Tag("external")
class PythonClientTest {

  @Test
  void pythonSocketio() throws Exception {
    NodeClientsTest.copy();
    try (TestApplication application = new TestApplication(NodeClientsTest::start)) {
      NodeClientsTest.run(
          Map.of("ADDRESS", "http://127.0.0.1:" + application.port()),
          "/usr/bin/python3", // the one that sees Debian's modules
          "python_client.py");
    }
  }
}
