package io.github.upgradehandler.internal.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.internal.protocol.EventLog;
import io.github.upgradehandler.internal.protocol.EveryCut;
import io.github.upgradehandler.internal.protocol.Extension;
import io.github.upgradehandler.internal.protocol.Receiver.Delivery;
import io.github.upgradehandler.internal.protocol.Replay;
import io.github.upgradehandler.spi.Role;
import java.util.List;

/** Plays a peer's frames to ends that agreed on compression, which give back all codecs. */
final class CompressedFrames {

  private CompressedFrames() {}

  /**
   * Plays them to both ends, with context takeover, however they are cut.
   *
   * @param frames in hex, as a server sends them; they are masked for the other direction
   * @param events as {@link EventLog} writes them, between semicolons
   */
  static void assertEvents(String frames, String events) {
    assertEvents(Frames.bytes(frames), EveryCut.parse(events));
  }

  static void assertEvents(byte[] frames, List<String> events) {
    WebSocketConfig config = Negotiated.WITH_TAKEOVER;
    PermessageDeflate deflate = new PermessageDeflate(config);
    EveryCut.assertExtended(config, role -> extension(role, deflate, config), frames, events);
    assertNoCodecIsLeft(deflate);
  }

  /** The events of a server's frames that come whole. */
  static List<String> events(WebSocketConfig config, Delivery delivery, byte[] frames) {
    PermessageDeflate deflate = new PermessageDeflate(config);
    Extension extension = extension(Role.CLIENT, deflate, config);
    List<String> events =
        new Replay(Role.CLIENT, config, extension, delivery, false)
            .play(frames).stream().map(Replay.Moment::event).toList();
    assertNoCodecIsLeft(deflate);
    return events;
  }

  private static Extension extension(Role role, PermessageDeflate deflate, WebSocketConfig config) {
    return Negotiated.extension(
        role,
        deflate,
        config.compression().contextTakeover()
            ? "permessage-deflate"
            : "permessage-deflate; server_no_context_takeover; client_no_context_takeover");
  }

  private static void assertNoCodecIsLeft(PermessageDeflate deflate) {
    deflate.close();
    assertThat(deflate.liveCodecs()).as("codecs").isZero();
  }
}
