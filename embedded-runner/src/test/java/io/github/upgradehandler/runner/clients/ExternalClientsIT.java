package io.github.upgradehandler.runner.clients;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Clients by other hands; the tests proper are the scripts in {@code src/test/clients}. A browser
 * takes all that a small machine has: it has the machine to itself.
 */
@Tag("external")
@ResourceLock("browser")
class ExternalClientsIT {

  private static final Path SAMPLE = Directories.MODULE.resolveSibling("sample-webapp/src");

  private static NodeProject scripts;
  private static RestartableRunner server;

  @BeforeAll
  static void start() throws Exception {
    scripts = NodeProject.install(Directories.MODULE.resolve("src/test/clients"), "clients");
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

  /** One script for each page, and those for what all have in common. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "start.mjs",
        "laboratory.mjs",
        "rooms.mjs",
        "talk.mjs",
        "inspector.mjs",
        "notifications.mjs",
        "dashboard.mjs",
        "editor.mjs",
        "network.mjs",
        "axe.mjs",
        "keyboard.mjs",
        "reflow.mjs",
      })
  void chromium(String script) throws Exception {
    try {
      scripts.run(
          script,
          Map.of(
              "SERVER_URL",
              server.address().toString(),
              "SCREENSHOTS",
              Directories.TARGET.resolve("screenshots").toString()),
          Map.of(
              "kill",
              server::kill,
              "stop",
              server::stop,
              "start",
              server::startAgain,
              "freeze",
              server::freeze,
              "thaw",
              server::thaw));
    } catch (Throwable e) { // it may have left the server killed, or standing still
      server.kill();
      server.startAgain();
      throw e;
    }
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
    scripts.run(script, Map.of("WEBAPP", SAMPLE.resolve("main/webapp").toString()), Map.of());
  }

  /** The file is checked in; nobody is to change it by hand, nor what it is made of alone. */
  @Test
  void the_editors_bundle_is_what_its_build_makes() throws Exception {
    Path made = Directories.TARGET.resolve("editor.js");
    NodeProject.install(SAMPLE.resolve("vendor"), "vendor")
        .run("build.mjs", Map.of("OUTPUT", made.toString()), Map.of());
    assertThat(made)
        .as("make it anew: cd sample-webapp/src/vendor && npm ci && npm run build")
        .hasSameBinaryContentAs(SAMPLE.resolve("main/webapp/shared/vendor/editor.js"));
  }
}
