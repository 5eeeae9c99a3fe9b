package io.github.upgradehandler.internal.deflate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.internal.connection.Connection;
import io.github.upgradehandler.internal.connection.ConnectionGroup;
import io.github.upgradehandler.internal.message.SharedFrames;
import io.github.upgradehandler.internal.protocol.Extension;
import io.github.upgradehandler.internal.work.SweepTimer;
import io.github.upgradehandler.spi.Role;
import io.github.upgradehandler.testkit.MemoryTransport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A message for many is compressed once for each set of parameters that they agreed on. */
class SharedEncodingTest {

  private static final int RECEIVERS = 500;
  private static final String TEXT = new String(Texts.compressible(3000, 11), US_ASCII);

  private final SweepTimer deadlines = new SweepTimer();
  private final List<MemoryTransport> transports = new ArrayList<>();

  @AfterEach
  void stop() {
    deadlines.close();
  }

  @Test
  void once_for_all_with_the_same_parameters() {
    AtomicInteger uses = new AtomicInteger();
    CodecPool<Deflater> counted =
        new CodecPool<>(
            1,
            () -> new Deflater(6, true),
            deflater -> {
              uses.incrementAndGet();
              deflater.reset();
            },
            Deflater::end);
    PreparedMessage message = PreparedMessage.text(TEXT);
    Set<Object> frames = identitySet();
    for (int i = 0; i < RECEIVERS; i++) {
      frames.add(SharedFrames.frame(message, new DeflatedEncoding(15, 0, counted)));
      frames.add(SharedFrames.frame(message, new DeflatedEncoding(9, 0, counted)));
    }
    counted.close();

    assertThat(frames).hasSize(2);
    assertThat(uses).hasValue(2);
  }

  @Test
  void receivers_that_agreed_alike_get_the_same_array() {
    PermessageDeflate deflate = new PermessageDeflate(Negotiated.WITHOUT_TAKEOVER);
    PreparedMessage message = PreparedMessage.text(TEXT);
    Set<Object> frames = identitySet();
    for (int i = 0; i < RECEIVERS; i++) {
      String offer = "permessage-deflate; server_max_window_bits=" + (8 + i % 8);
      frames.add(
          SharedFrames.frame(
              message, Negotiated.extension(Role.SERVER, deflate, offer).sharedEncoding()));
    }

    assertThat(frames).hasSize(8);
    assertThat(deflate.liveCodecs()).isEqualTo(1);
  }

  @Test
  void endpoints_share_nothing_with_each_other() {
    PreparedMessage message = PreparedMessage.text(TEXT);
    Set<Object> frames = identitySet();
    for (int i = 0; i < 3; i++) {
      PermessageDeflate deflate = new PermessageDeflate(Negotiated.WITHOUT_TAKEOVER);
      Extension extension = Negotiated.extension(Role.SERVER, deflate, "permessage-deflate");
      frames.add(SharedFrames.frame(message, extension.sharedEncoding()));
    }

    assertThat(frames).hasSize(3);
  }

  @Test
  void every_receiver_gets_it_whole() {
    PermessageDeflate deflate = new PermessageDeflate(Negotiated.WITHOUT_TAKEOVER);
    List<Connection> receivers =
        receivers(
            deflate,
            new ConnectionGroup(
                Negotiated.WITHOUT_TAKEOVER, deadlines, getClass().getClassLoader()));
    PreparedMessage message = PreparedMessage.text(TEXT);

    receivers.forEach(receiver -> receiver.send(message));

    assertThat(deflate.liveCodecs()).as("one deflater did it all").isEqualTo(1);
    for (MemoryTransport transport : transports) {
      Frames.Frame frame = Frames.parse(transport.takeWritten()).get(0);
      assertThat(frame.isCompressed()).isTrue();
      assertThat(new WindowedInflater(15).message(frame.payload()))
          .asString(US_ASCII)
          .isEqualTo(TEXT);
    }
    receivers.forEach(receiver -> receiver.onEnd(null));
  }

  /** Where context is kept each receiver's frame depends on what it got before. */
  @Test
  void with_context_takeover_each_receiver_has_its_own() {
    PermessageDeflate deflate = new PermessageDeflate(Negotiated.WITH_TAKEOVER);

    assertThat(Negotiated.extension(Role.SERVER, deflate, "permessage-deflate").sharedEncoding())
        .isNull();
    assertThat(
            Negotiated.extension(
                    Role.SERVER, deflate, "permessage-deflate; server_no_context_takeover")
                .sharedEncoding())
        .isNotNull();
    assertThat(
            Negotiated.extension(
                    Role.CLIENT, deflate, "permessage-deflate; client_no_context_takeover")
                .sharedEncoding())
        .as("a client masks every frame anew")
        .isNull();
  }

  private static Set<Object> identitySet() {
    return Collections.newSetFromMap(new IdentityHashMap<>());
  }

  private List<Connection> receivers(PermessageDeflate deflate, ConnectionGroup group) {
    return IntStream.range(0, RECEIVERS)
        .mapToObj(
            i -> {
              MemoryTransport transport = new MemoryTransport();
              transports.add(transport);
              return MemoryConnection.open(
                  group,
                  transport,
                  Negotiated.extension(Role.SERVER, deflate, "permessage-deflate"),
                  new WebSocketHandler() {});
            })
        .toList();
  }
}
