package io.github.upgradehandler.containers.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.containers.War;
import io.github.upgradehandler.containers.wire.JdkClient;
import io.github.upgradehandler.containers.wire.Request;
import io.github.upgradehandler.containers.wire.SocketClient;
import java.net.URI;
import org.junit.jupiter.api.Test;

/** WARs without a servlet of their own, and what is said of deploying them. */
public interface Descriptors extends Suite {

  @Test
  default void web_xml_alone_names_the_handler() throws Exception {
    JdkClient client = JdkClient.connect(container().uri(War.WEB_XML_ONLY, "shout"));
    client.send("hello");
    assertThat(client.text()).isEqualTo("HELLO");
    client.close(1000);
    assertThat(client.closed()).isEqualTo(1000);
  }

  @Test
  default void deploying_warns_of_none_of_its_classes() {
    assertThat(container().startLog())
        .isNotEmpty()
        .noneMatch(line -> line.contains("WARN") && line.contains("io.github.upgradehandler"));
  }

  /** Its servlet would be initialized with the first request only. */
  @Test
  default void a_wrong_option_fails_the_deployment_and_the_log_names_it() throws Exception {
    container().deploy(War.WRONG_OPTION);
    container()
        .awaitLogged(
            "servlet 'shout': unknown option 'maxMesageBytes'; there are maxMessageBytes, ");
    URI socket = container().uri(War.WRONG_OPTION, "shout");
    try (SocketClient client = SocketClient.connect(socket)) {
      client.write(Request.handshake(socket).bytes());
      assertThat(client.readHead().status()).isIn(404, 500, 503);
    }
  }
}
