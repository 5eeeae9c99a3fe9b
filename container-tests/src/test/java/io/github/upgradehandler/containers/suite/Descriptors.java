package io.github.upgradehandler.containers.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.containers.War;
import io.github.upgradehandler.containers.wire.JdkClient;
import org.junit.jupiter.api.Test;

/** A WAR without a servlet of its own. */
public interface Descriptors extends Suite {

  @Test
  default void web_xml_alone_names_the_handler() throws Exception {
    JdkClient client = JdkClient.connect(container().uri(War.WEB_XML_ONLY, "shout"));
    client.send("hello");
    assertThat(client.text()).isEqualTo("HELLO");
    client.close(1000);
    assertThat(client.closed()).isEqualTo(1000);
  }
}
