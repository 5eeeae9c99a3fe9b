package io.github.upgradehandler.containers.suite;

import static java.net.http.HttpResponse.BodyHandlers.ofString;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.containers.wire.JdkClient;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What somebody sees who tries the sample, with the JDK's own client. */
public interface Pages extends Suite {

  /**
   * Like a browser, which does not use HTTP/2 without TLS. The JDK's client would ask for it with
   * "Upgrade: h2c", and that Open Liberty 26.0.0.3 answers with 101 and then, for a directory's
   * welcome file, with nothing.
   */
  HttpClient BROWSER = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @Test
  default void the_pages() throws Exception {
    for (String page : List.of("", "laboratory/", "rooms/", "inspector/")) {
      HttpRequest request =
          HttpRequest.newBuilder(container().uri(page)).timeout(Duration.ofSeconds(10)).build();
      HttpResponse<String> response = BROWSER.send(request, ofString());
      assertThat(response.statusCode()).as(page).isEqualTo(200);
      assertThat(response.body()).as(page).contains("<title>");
      assertThat(response.headers().firstValue("Content-Security-Policy"))
          .as(page)
          .hasValueSatisfying(policy -> assertThat(policy).doesNotContain("unsafe"));
    }
  }

  @Test
  default void the_JDK_client_echoes_and_closes() throws Exception {
    byte[] megabyte = new byte[1 << 20];
    new Random(1).nextBytes(megabyte);
    JdkClient client = JdkClient.connect(echo());
    client.send("hello");
    assertThat(client.text()).isEqualTo("hello");
    client.send(megabyte);
    assertThat(client.binary(megabyte.length)).isEqualTo(megabyte);
    client.close(4001);
    assertThat(client.closed()).isEqualTo(4001);
  }

  @Test
  default void a_chat_of_two() throws Exception {
    JdkClient ann = JdkClient.connect(chat("ann"));
    ann.awaitText("welcome ann");
    JdkClient bob = JdkClient.connect(chat("bob"));
    bob.awaitText("welcome bob");
    ann.awaitText("joined bob");
    bob.send("hello");
    ann.awaitText("said bob: hello");
    bob.awaitText("said bob: hello");
    bob.close(1000);
    ann.awaitText("left bob");
    ann.close(1000);
    assertThat(ann.closed()).isEqualTo(1000);
  }
}
