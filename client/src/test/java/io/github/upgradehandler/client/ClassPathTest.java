package io.github.upgradehandler.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.WebSocket;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The client needs the library and the JDK: no servlet API. */
class ClassPathTest {

  @Test
  void twoArchivesAreEnough() throws Exception {
    String classPath =
        placeOf(WebSocketClient.class) + File.pathSeparator + placeOf(WebSocket.class);
    Path program = Path.of(ClassPathTest.class.getResource("/Alone.java").toURI());
    try (EchoPeer server = EchoPeer.plain()) {
      Process process =
          new ProcessBuilder(
                  List.of(
                      Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                      "-cp",
                      classPath,
                      program.toString(),
                      "ws://127.0.0.1:" + server.getPort()))
              .redirectErrorStream(true)
              .start();
      String printed = new String(process.getInputStream().readAllBytes(), UTF_8);
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      assertThat(printed).isEqualTo("alone" + System.lineSeparator());
      assertThat(process.exitValue()).isZero();
    }
  }

  private static Path placeOf(Class<?> type) throws Exception {
    return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
  }
}
