package io.github.upgradehandler.internal.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.internal.frame.ProtocolException;
import io.github.upgradehandler.internal.frame.Role;
import io.github.upgradehandler.internal.protocol.EventLog;
import io.github.upgradehandler.internal.protocol.Receiver;
import io.github.upgradehandler.internal.protocol.Receiver.Delivery;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Demands the same events of the same bytes however they come: whole, byte by byte, cut in two at
 * every place; to both ends; in whole messages and in parts.
 */
final class EveryCut {

  private EveryCut() {}

  /**
   * Plays a peer's frames to ends that agreed on compression with context takeover.
   *
   * @param frames in hex, as a server sends them; they are masked for the other direction
   * @param events as {@link EventLog} writes them, between semicolons
   */
  static void assertEvents(String frames, String events) {
    assertEvents(
        Frames.bytes(frames), Arrays.stream(events.split(";", -1)).map(String::strip).toList());
  }

  static void assertEvents(byte[] frames, List<String> events) {
    for (Delivery delivery : Delivery.values()) {
      assertEvents(Role.CLIENT, delivery, frames, events);
      assertEvents(Role.SERVER, delivery, Frames.masked(frames), events);
    }
  }

  /** The events of bytes that come in pieces. */
  static List<String> events(
      Role role, WebSocketConfig config, Delivery delivery, byte[] bytes, int... cuts) {
    EventLog log = new EventLog(delivery, true);
    PermessageDeflate deflate = new PermessageDeflate(config);
    Receiver protocol =
        new Receiver(
            role,
            config.limits(),
            Negotiated.extension(role, deflate, answer(config)),
            delivery,
            log);
    int given = 0;
    for (int i = 0; i <= cuts.length; i++) {
      int cut = i < cuts.length ? cuts[i] : bytes.length;
      give(protocol, log, Arrays.copyOfRange(bytes, given, cut));
      given = cut;
    }
    protocol.fail();
    deflate.close();
    assertThat(deflate.liveCodecs()).as("codecs").isZero();
    return log.events();
  }

  private static String answer(WebSocketConfig config) {
    return config.compression().contextTakeover()
        ? "permessage-deflate"
        : "permessage-deflate; server_no_context_takeover; client_no_context_takeover";
  }

  private static void give(Receiver protocol, EventLog log, byte[] bytes) {
    int position = 0;
    while (position < bytes.length) {
      try {
        protocol.receive(bytes, position, bytes.length - position);
      } catch (ProtocolException e) {
        log.failed(e.status().code());
      }
      position += protocol.consumed();
    }
  }

  private static void assertEvents(
      Role role, Delivery delivery, byte[] bytes, List<String> expected) {
    String as = "as " + role + ", " + delivery;
    WebSocketConfig config = Negotiated.WITH_TAKEOVER;
    assertThat(events(role, config, delivery, bytes)).as("whole, " + as).isEqualTo(expected);
    assertThat(events(role, config, delivery, bytes, IntStream.range(1, bytes.length).toArray()))
        .as("byte by byte, " + as)
        .isEqualTo(expected);
    for (int cut = 1; cut < bytes.length; cut++) {
      assertThat(events(role, config, delivery, bytes, cut))
          .as("cut behind byte " + cut + ", " + as)
          .isEqualTo(expected);
    }
  }
}
