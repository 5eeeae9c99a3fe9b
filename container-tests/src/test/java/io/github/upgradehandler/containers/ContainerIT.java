package io.github.upgradehandler.containers;

import io.github.upgradehandler.containers.suite.Conformance;
import io.github.upgradehandler.containers.suite.Descriptors;
import io.github.upgradehandler.containers.suite.Echoes;
import io.github.upgradehandler.containers.suite.Endings;
import io.github.upgradehandler.containers.suite.EventStreams;
import io.github.upgradehandler.containers.suite.ForeignClients;
import io.github.upgradehandler.containers.suite.ForeignThreads;
import io.github.upgradehandler.containers.suite.Handshakes;
import io.github.upgradehandler.containers.suite.Heartbeats;
import io.github.upgradehandler.containers.suite.LongWaits;
import io.github.upgradehandler.containers.suite.Pages;
import io.github.upgradehandler.containers.suite.Secure;
import io.github.upgradehandler.containers.suite.SlowReaders;
import io.github.upgradehandler.containers.suite.SocketIo;
import io.github.upgradehandler.containers.suite.Stops;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator.ReplaceUnderscores;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

/** The sample's WAR, unchanged, in one container after the other: the same rules in each. */
@ParameterizedClass(name = "{0}")
@MethodSource("containers")
@ExtendWith(ResultTable.class)
@DisplayNameGeneration(ReplaceUnderscores.class)
@TestMethodOrder(OrderAnnotation.class)
@Timeout(60)
record ContainerIT(Container parameter)
    implements Pages,
        Descriptors,
        Handshakes,
        Echoes,
        Secure,
        SlowReaders,
        ForeignThreads,
        Endings,
        EventStreams,
        SocketIo,
        ForeignClients,
        Conformance,
        Heartbeats,
        Stops {

  private static RunningContainer running;
  private static LongWaits longWaits;

  static List<Container> containers() {
    return Container.selected();
  }

  @BeforeParameterizedClassInvocation
  static void start(Container container) throws Exception {
    War.makeAll();
    Keystore.make();
    longWaits = null;
    running = RunningContainer.start(container);
  }

  @AfterParameterizedClassInvocation
  static void end() {
    if (running != null) {
      running.close();
      running = null;
    }
  }

  @Override
  public RunningContainer container() {
    return running;
  }

  @Override
  public LongWaits longWaits() throws IOException {
    if (longWaits == null) {
      longWaits = LongWaits.begin(echo(), chat("eve"));
    }
    return longWaits;
  }
}
