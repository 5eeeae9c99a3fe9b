package io.github.upgradehandler.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.internal.deflate.PermessageDeflate;
import io.github.upgradehandler.internal.frame.ProtocolException;
import io.github.upgradehandler.internal.protocol.Receiver.Delivery;
import io.github.upgradehandler.internal.protocol.Replay.Moment;
import io.github.upgradehandler.spi.Role;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Frames of every kind, for the reader and the assembler, with extensions and without: nothing but
 * a {@link ProtocolException} is thrown, every cut of the bytes gives the same events, both roles
 * agree, whole messages and parts agree, and memory is bounded by the input.
 */
class ProtocolFuzz {

  /** Three bytes say how the others are played. */
  private static final int SETTING_BYTES = 3;

  private static final int STOPPING = 0x01;
  private static final int SMALL_BOUNDS = 0x02;
  private static final int EXTENSION_SHIFT = 2;

  private static final long LARGEST_OVERHEAD = 16 << 10;
  private static final long MAX_BYTES_FOR_A_BYTE = 64;

  private static final WebSocketConfig SMALL =
      WebSocketConfig.builder().maxMessageBytes(300).maxFrameBytes(200).maxFragments(3).build();

  private static final PermessageDeflate WITHOUT_TAKEOVER = deflate(false);
  private static final PermessageDeflate WITH_TAKEOVER = deflate(true);

  @FuzzTest
  void frames(byte[] input) throws Exception {
    if (input.length <= SETTING_BYTES) {
      return;
    }
    boolean stopping = (input[0] & STOPPING) != 0;
    WebSocketConfig config = (input[0] & SMALL_BOUNDS) != 0 ? SMALL : WebSocketConfig.defaults();
    int extension = (input[0] >>> EXTENSION_SHIFT) & 3;
    int cut = input[1] & 0xFF;
    int maskingKey = 0x01020408 * input[2];
    byte[] frames = Arrays.copyOfRange(input, SETTING_BYTES, input.length);

    byte[] unmasked = HexFrames.unmasked(frames);
    byte[] masked = HexFrames.masked(frames, maskingKey);
    List<String> events = null;
    for (Delivery delivery : Delivery.values()) {
      List<String> asClient =
          eventsHoweverCut(Role.CLIENT, config, extension, delivery, stopping, unmasked, cut);
      assertThat(asClient).as("%s", delivery).isEqualTo(events == null ? asClient : events);
      assertThat(eventsHoweverCut(Role.SERVER, config, extension, delivery, stopping, masked, cut))
          .as("masked, %s", delivery)
          .isEqualTo(asClient);
      events = asClient;
      if (extension == 0) {
        assertBounded(config, delivery, unmasked);
      }
    }
  }

  private static List<String> eventsHoweverCut(
      Role role,
      WebSocketConfig config,
      int extension,
      Delivery delivery,
      boolean stopping,
      byte[] bytes,
      int cut) {
    Replay replay = new Replay(role, config, extension(extension, role), delivery, stopping);
    List<Moment> byteByByte = replay.play(bytes, EveryCut.everyByte(bytes));
    assertThat(replay.play(bytes))
        .as("whole, %s", replay)
        .isEqualTo(EveryCut.delayed(byteByByte, bytes.length, bytes.length));
    int place = cut % bytes.length;
    if (place > 0) {
      assertThat(replay.play(bytes, place))
          .as("cut behind byte %d, %s", place, replay)
          .isEqualTo(EveryCut.delayed(byteByByte, place, bytes.length));
    }
    return byteByByte.stream().map(Moment::event).toList();
  }

  /** What was agreed on. */
  private static @Nullable Extension extension(int number, Role role) {
    return switch (number) {
      case 0 -> null;
      case 1 -> new RunLengthExtension(true);
      case 2 -> agreed(WITHOUT_TAKEOVER, role);
      default -> agreed(WITH_TAKEOVER, role);
    };
  }

  private static Extension agreed(PermessageDeflate deflate, Role role) {
    List<ExtensionOffer> offer = ExtensionOffer.parse(List.of(deflate.offer()));
    PermessageDeflate.Agreement server = deflate.choose(offer).orElseThrow();
    if (role == Role.SERVER) {
      return server.extension();
    }
    ExtensionOffer answer = ExtensionOffer.parse(List.of(server.header())).get(0);
    return deflate.agreed(answer).orElseThrow().extension();
  }

  private static PermessageDeflate deflate(boolean contextTakeover) {
    return new PermessageDeflate(
        WebSocketConfig.builder()
            .compression(true)
            .compressionContextTakeover(contextTakeover)
            .build());
  }

  private static void assertBounded(WebSocketConfig config, Delivery delivery, byte[] frames)
      throws Exception {
    byte[] given = frames.clone();
    Receiver protocol =
        new Receiver(Role.CLIENT, config.limits(), null, delivery, new CountingEvents());
    long allocated =
        Allocations.ofOneRun(
            () -> {
              try {
                protocol.receive(given, 0, given.length);
              } catch (ProtocolException e) {
                protocol.fail();
              }
            });
    assertThat(allocated)
        .as("bytes allocated for %d bytes, %s", frames.length, delivery)
        .isLessThan(LARGEST_OVERHEAD + MAX_BYTES_FOR_A_BYTE * frames.length);
  }
}
