package com.example.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.fixture.Client;
import io.undertow.Undertow;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The embedded servers of {@code docs/deploying.md}; Jetty's is in {@code jar-tests}. */
class EmbeddedTest {

  @Test
  void tomcat(@TempDir Path directory) throws Exception {
    Tomcat tomcat = EmbeddedTomcat.start(0, directory.toString());
    try {
      assertEchoes(tomcat.getConnector().getLocalPort());
    } finally {
      tomcat.stop();
      tomcat.destroy();
    }
  }

  @Test
  void undertow() throws Exception {
    Undertow server = EmbeddedUndertow.start(0);
    try {
      assertEchoes(((InetSocketAddress) server.getListenerInfo().get(0).getAddress()).getPort());
    } finally {
      server.stop();
    }
  }

  private static void assertEchoes(int port) throws Exception {
    try (Client client = Client.connect(port, "/echo")) {
      client.send("hello");
      assertThat(client.next()).isEqualTo("hello");
    }
  }
}
