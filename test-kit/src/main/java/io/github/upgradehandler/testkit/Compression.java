package io.github.upgradehandler.testkit;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.internal.deflate.PermessageDeflate;
import io.github.upgradehandler.internal.protocol.Extension;
import io.github.upgradehandler.internal.protocol.ExtensionOffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Permessage-deflate (RFC 7692) as a peer and the server agree on it: nothing, unless the
 * configuration has compression and the handshake offers it.
 */
final class Compression implements AutoCloseable {

  private static final String HEADER = "Sec-WebSocket-Extensions";

  private final @Nullable PermessageDeflate codecs;
  private final Handshake offering;
  private @Nullable Extension ofServer;
  private @Nullable Extension ofPeer;

  /**
   * Negotiates, as a client and a server do.
   *
   * @param config of both
   * @param asked offers what its header says, and without that header all that the configuration
   *     allows
   */
  Compression(WebSocketConfig config, Handshake asked) {
    if (!config.compression().isEnabled()) {
      codecs = null;
      offering = asked;
      return;
    }
    PermessageDeflate deflate = new PermessageDeflate(config);
    codecs = deflate;
    offering =
        asked.header(HEADER).isPresent()
            ? asked
            : asked.toBuilder().header(HEADER, deflate.offer()).build();
    deflate
        .choose(ExtensionOffer.parse(offering.headers(HEADER)))
        .ifPresent(
            agreed -> {
              ofServer = agreed.extension();
              ofPeer = understood(deflate, agreed.header());
            });
  }

  /** The peer's end of what the server's response says. */
  private static @Nullable Extension understood(PermessageDeflate deflate, String response) {
    return deflate
        .agreed(ExtensionOffer.parse(List.of(response)).get(0))
        .map(PermessageDeflate.Agreement::extension)
        .orElse(null);
  }

  /** The handshake with the offer. */
  Handshake offering() {
    return offering;
  }

  /** The server's end of it; null if there is no agreement. */
  @Nullable Extension ofServer() {
    return ofServer;
  }

  /** The peer's end of it; null if there is no agreement. */
  @Nullable Extension ofPeer() {
    return ofPeer;
  }

  @Override
  public void close() {
    if (codecs != null) {
      codecs.close();
    }
  }
}
