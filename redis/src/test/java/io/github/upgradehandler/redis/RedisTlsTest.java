package io.github.upgradehandler.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.room.log.Published;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Redis over TLS, and what is wrong with its certificate. */
@Tag("external")
class RedisTlsTest {

  @TempDir private Path directory;

  private static RedisRooms.Builder builder(RedisServer server) {
    return RedisRooms.builder("rediss://127.0.0.1:" + server.port());
  }

  private static void assertRefused(RedisRooms.Builder builder, String... words) {
    assertThatThrownBy(builder::connect)
        .isInstanceOf(RedisStartException.class)
        .hasMessageContainingAll(words);
  }

  @Test
  void a_trusted_certificate() throws Exception {
    PemFiles files = PemFiles.make(directory, "ip:127.0.0.1");
    try (RedisServer server = RedisServer.runTls(files.certificate(), files.key());
        Node node = new Node(builder(server).trustedCertificates(files.certificate()).connect())) {
      Member ann = node.member("ann", "log");
      ann.awaitJoined();
      assertThat(node.publish("log", "text").toCompletableFuture().get(10, TimeUnit.SECONDS))
          .isInstanceOf(Published.Appended.class);
      ann.await(" text");
    }
  }

  @Test
  void a_certificate_that_is_not_trusted() throws Exception {
    PemFiles files = PemFiles.make(directory, "ip:127.0.0.1");
    try (RedisServer server = RedisServer.runTls(files.certificate(), files.key())) {
      assertRefused(
          builder(server),
          "Redis at 127.0.0.1:" + server.port(),
          "its certificate is not accepted",
          "unable to find valid certification path");
    }
  }

  @Test
  void a_certificate_of_another() throws Exception {
    PemFiles files = PemFiles.make(directory, "dns:elsewhere.test");
    try (RedisServer server = RedisServer.runTls(files.certificate(), files.key())) {
      assertRefused(
          builder(server).trustedCertificates(files.certificate()),
          "Redis at 127.0.0.1:" + server.port(),
          "its certificate is not accepted",
          "127.0.0.1");
    }
  }

  @Test
  void a_server_without_tls() throws Exception {
    try (RedisServer server = RedisServer.run()) {
      assertRefused(
          builder(server), "Redis at 127.0.0.1:" + server.port(), "cannot connect with TLS");
    }
  }
}
