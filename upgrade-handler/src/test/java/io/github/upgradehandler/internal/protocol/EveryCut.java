package io.github.upgradehandler.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.internal.protocol.Receiver.Delivery;
import io.github.upgradehandler.internal.protocol.Replay.Moment;
import io.github.upgradehandler.spi.Role;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Demands the same events of the same bytes however they come: whole, byte by byte, cut in two at
 * every place; in whole messages and in parts; without a stop and with one behind each event. And
 * it demands every event at the first byte that allows it.
 */
public final class EveryCut {

  private static final int MASKING_KEY = 0x37FA213D;

  private EveryCut() {}

  /** See {@link #assertEvents(WebSocketConfig, String, String, String)}; with all defaults. */
  static void assertEvents(String hex, String role, String events) {
    assertEvents(WebSocketConfig.defaults(), hex, role, events);
  }

  /**
   * Plays a peer's bytes.
   *
   * @param hex the bytes as they stand for {@code server} and {@code client}; for {@code both} the
   *     server's frames, which are then masked for the other direction
   * @param role this end: {@code server}, {@code client} or {@code both}
   * @param events as {@link EventLog} writes them, between semicolons; or {@code nothing}
   */
  static void assertEvents(WebSocketConfig config, String hex, String role, String events) {
    byte[] bytes = HexFrames.bytes(hex);
    switch (role) {
      case "server" -> assertEvents(config, Role.SERVER, bytes, parse(events));
      case "client" -> assertEvents(config, Role.CLIENT, bytes, parse(events));
      case "both" -> assertEvents(config, bytes, parse(events));
      default -> throw new IllegalArgumentException("role " + role);
    }
  }

  /** Plays a server's frames to a client, and masked to a server. */
  static void assertEvents(WebSocketConfig config, byte[] frames, List<String> events) {
    assertExtended(config, role -> null, frames, events);
  }

  /**
   * Plays a server's frames to a client, and masked to a server, that agreed on an extension.
   *
   * @param extension each end's; null for none
   */
  public static void assertExtended(
      WebSocketConfig config,
      Function<Role, @Nullable Extension> extension,
      byte[] frames,
      List<String> events) {
    assertDelivered(config, extension.apply(Role.CLIENT), Role.CLIENT, frames, events);
    Extension ofServer = extension.apply(Role.SERVER);
    assertDelivered(config, ofServer, Role.SERVER, HexFrames.masked(frames, 0), events);
    assertDelivered(config, ofServer, Role.SERVER, HexFrames.masked(frames, MASKING_KEY), events);
  }

  /** Plays a peer's bytes to one end. */
  static void assertEvents(WebSocketConfig config, Role role, byte[] bytes, List<String> events) {
    assertDelivered(config, null, role, bytes, events);
  }

  private static void assertDelivered(
      WebSocketConfig config,
      @Nullable Extension extension,
      Role role,
      byte[] bytes,
      List<String> events) {
    for (Delivery delivery : Delivery.values()) {
      for (boolean stopping : new boolean[] {false, true}) {
        assertEvents(new Replay(role, config, extension, delivery, stopping), bytes, events);
      }
    }
  }

  /** The number of the byte, from 1, at which an end fails the connection. */
  static int failingByte(Role role, byte[] bytes) {
    Replay replay = new Replay(role, WebSocketConfig.defaults(), Delivery.WHOLE);
    return replay.play(bytes, everyByte(bytes)).stream()
        .filter(moment -> moment.event().startsWith("fail"))
        .mapToInt(Moment::bytesGiven)
        .findFirst()
        .orElseThrow(() -> new AssertionError("did not fail"));
  }

  private static void assertEvents(Replay replay, byte[] bytes, List<String> events) {
    List<Moment> byteByByte = replay.play(bytes, everyByte(bytes));
    assertThat(byteByByte)
        .as("byte by byte, %s", replay)
        .extracting(Moment::event)
        .isEqualTo(events);
    assertThat(replay.play(bytes))
        .as("whole, %s", replay)
        .isEqualTo(delayed(byteByByte, bytes.length, bytes.length));
    for (int cut = 1; cut < bytes.length; cut++) {
      List<Moment> inTwo = replay.play(bytes, cut);
      if (!inTwo.equals(delayed(byteByByte, cut, bytes.length))) {
        assertThat(inTwo)
            .as("cut behind byte %d, %s", cut, replay)
            .isEqualTo(delayed(byteByByte, cut, bytes.length));
      }
    }
  }

  /** When the events come if the byte for each is given with others, up to a cut or the end. */
  static List<Moment> delayed(List<Moment> byteByByte, int cut, int end) {
    return byteByByte.stream()
        .map(moment -> new Moment(moment.bytesGiven() <= cut ? cut : end, moment.event()))
        .toList();
  }

  static int[] everyByte(byte[] bytes) {
    return IntStream.range(1, bytes.length).toArray();
  }

  /** Takes events between semicolons apart. */
  public static List<String> parse(String events) {
    return events.equals("nothing")
        ? List.of()
        : Arrays.stream(events.split(";", -1)).map(String::strip).toList();
  }
}
