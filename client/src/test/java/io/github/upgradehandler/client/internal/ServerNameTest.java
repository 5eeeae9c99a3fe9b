package io.github.upgradehandler.client.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.client.ClientConfig;
import java.net.URI;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import org.junit.jupiter.api.Test;

/**
 * RFC 6066 section 3: the host is named, so that a server with many certificates shows the right.
 */
class ServerNameTest {

  @Test
  void theFirstRecordNamesTheHost() throws Exception {
    ClientResources resources = new ClientResources(ClientConfig.defaults());
    try {
      SSLEngine engine = resources.engine(Destination.of(URI.create("wss://www.example.org/")));
      ByteBuffer hello = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      engine.wrap(ByteBuffer.allocate(0), hello);
      assertThat(ISO_8859_1.decode(hello.flip()).toString()).contains("www.example.org");
    } finally {
      resources.close();
    }
  }
}
