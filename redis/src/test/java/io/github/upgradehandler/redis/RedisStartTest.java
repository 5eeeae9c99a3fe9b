package io.github.upgradehandler.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.room.log.Published;
import java.lang.reflect.Method;
import java.net.URLClassLoader;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is wrong with a Redis is said when a node starts. */
@Tag("external")
class RedisStartTest {

  private static void assertRefused(String uri, String... words) {
    assertThatThrownBy(() -> RedisRooms.connect(uri))
        .isInstanceOf(RedisStartException.class)
        .hasMessageContainingAll(words);
  }

  private static String uri(RedisServer server, String userInfo) {
    return "redis://" + userInfo + "@127.0.0.1:" + server.port();
  }

  @Test
  void nobody_is_there() throws Exception {
    int port = RedisServer.freePort();
    assertRefused(
        "redis://127.0.0.1:" + port, "Redis at 127.0.0.1:" + port, "cannot connect", "refused");
  }

  @Test
  void the_password_is_wrong_or_missing() throws Exception {
    try (RedisServer server = RedisServer.run("--requirepass", "secret")) {
      assertRefused(uri(server, ":wrong"), "refuses the user or the password", "WRONGPASS");
      assertRefused(server.uri(), "refuses the user or the password", "NOAUTH");
      RedisRooms.connect(uri(server, ":secret")).close();
    }
  }

  @Test
  void a_user_has_the_rights_that_are_needed_or_not() throws Exception {
    try (RedisServer server = RedisServer.run()) {
      String channels = "resetchannels &rooms:*"; // Redis 6 gives a user all channels
      String rights =
          "on >pw ~rooms:* " + channels + " +@hash +@stream +@pubsub +@keyspace +@string +time";
      String connection = " +hello +auth +client +ping +select +xlen";
      setUser(server, "all", rights + connection + " +@scripting +info");
      setUser(server, "blind", rights + connection + " +@scripting");
      setUser(server, "unable", rights + connection + " +info");
      setUser(server, "deaf", rights.replace(" &rooms:*", "") + connection + " +@scripting +info");
      try (Node node = new Node(uri(server, "all:pw"))) {
        assertThat(node.redis.status().incarnation()).isNotEmpty();
      }
      try (Node node = new Node(uri(server, "blind:pw"))) {
        assertThat(node.redis.status().incarnation()).isEmpty();
        assertThat(node.publish("log", "text").toCompletableFuture().get(10, TimeUnit.SECONDS))
            .isInstanceOf(Published.Appended.class);
      }
      assertRefused(uri(server, "unable:pw"), "refuses what is needed", "NOPERM");
      assertRefused(uri(server, "deaf:pw"), "refuses what is needed", "NOPERM");
    }
  }

  private static void setUser(RedisServer server, String name, String rights) throws Exception {
    String[] words = ("ACL SETUSER " + name + " " + rights).split(" ");
    assertThat(server.command(words)).isEqualTo("+OK");
  }

  @Test
  void a_command_is_missing() throws Exception {
    try (RedisServer server = RedisServer.run("--rename-command", "EVALSHA", "")) {
      assertRefused(server.uri(), "refuses what is needed", "unknown command");
    }
  }

  @Test
  void it_is_a_replica() throws Exception {
    try (RedisServer server = RedisServer.run("--replicaof", "127.0.0.1", "1")) {
      assertRefused(server.uri(), "it is a replica of 127.0.0.1:1", "redis-sentinel://");
    }
  }

  @Test
  void it_is_a_cluster() throws Exception {
    try (RedisServer server = RedisServer.run("--cluster-enabled", "yes")) {
      assertRefused(server.uri(), "part of a cluster, which is not supported");
    }
  }

  /** Lettuce looks for SLF4J when it connects. */
  @Test
  void a_library_of_its_client_is_missing() throws Exception {
    try (RedisServer server = RedisServer.run();
        URLClassLoader application = ClassPath.application(jar -> !jar.contains("slf4j"))) {
      Method connect =
          application.loadClass(RedisRooms.class.getName()).getMethod("connect", String.class);
      assertThatThrownBy(() -> connect.invoke(null, server.uri()))
          .cause()
          .hasMessageContaining("cannot connect")
          .hasMessageContaining("org.slf4j.LoggerFactory");
    }
  }

  @Test
  void it_is_no_uri() {
    assertThatIllegalArgumentException().isThrownBy(() -> RedisRooms.connect("http://host"));
  }

  @Test
  void a_node_may_start_without_it() throws Exception {
    try (RedisServer server = RedisServer.run()) {
      server.kill();
      BlockingQueue<String> told = new LinkedBlockingQueue<>();
      RedisListener listener =
          new RedisListener() {
            @Override
            public void away(RedisStatus status) {
              told.add("away");
            }

            @Override
            public void back(RedisStatus status) {
              told.add("back");
            }
          };
      RedisRooms redis =
          RedisRooms.builder(server.uri())
              .atStart(AtStart.MAY_BE_AWAY)
              .listener(listener)
              .connect();
      try (Node node = new Node(redis)) {
        assertThat(redis.status().connected()).isFalse();
        assertThat(redis.status().reason()).contains("cannot connect");
        Member ann = node.member("ann", "log");
        server.restart();
        ann.awaitJoined();
        assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("back");
        server.kill();
        assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("away");
      }
    }
  }
}
