package io.github.upgradehandler.runner.clients;

import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients by other hands; the tests proper are the scripts in {@code src/test/clients}. */
@Tag("external")
class ExternalClientsIT {

  private static NodeProject scripts;
  private static RestartableRunner server;

  @BeforeAll
  static void start() throws Exception {
    scripts = NodeProject.install();
    server = RestartableRunner.start();
  }

  @AfterAll
  static void stop() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void npmWs() throws Exception {
    scripts.run("ws-client.mjs", Map.of("SERVER_URL", server.address().toString()), Map.of());
  }

  /** One script for each page, and one for what all do when the network goes silent. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "start.mjs",
        "laboratory.mjs",
        "rooms.mjs",
        "inspector.mjs",
        "notifications.mjs",
        "dashboard.mjs",
        "editor.mjs",
        "network.mjs",
      })
  void chromium(String script) throws Exception {
    scripts.run(
        script,
        Map.of(
            "SERVER_URL",
            server.address().toString(),
            "SCREENSHOTS",
            Directories.TARGET.resolve("screenshots").toString()),
        Map.of("kill", server::kill, "stop", server::stop, "start", server::startAgain));
  }

  /** What the pages share, without a browser and a server. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "reconnecting-socket.test.mjs",
        "event-socket.test.mjs",
        "heartbeat.test.mjs",
      })
  void shared(String script) throws Exception {
    scripts.run(
        script,
        Map.of(
            "WEBAPP",
            Directories.MODULE.resolveSibling("sample-webapp/src/main/webapp").toString()),
        Map.of());
  }
}
