package io.github.upgradehandler.internal.deflate;

import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.internal.protocol.Extension;
import io.github.upgradehandler.internal.protocol.ExtensionOffer;
import io.github.upgradehandler.spi.Role;
import java.util.List;

/** Extensions as they come of headers. */
final class Negotiated {

  /** Allows everything that can be agreed on, and compresses everything. */
  static final WebSocketConfig WITH_TAKEOVER = config(true);

  /** As it is by default, but for the threshold. */
  static final WebSocketConfig WITHOUT_TAKEOVER = config(false);

  private Negotiated() {}

  static WebSocketConfig config(boolean contextTakeover) {
    return WebSocketConfig.builder()
        .compression(true)
        .compressionThreshold(0)
        .compressionContextTakeover(contextTakeover)
        .build();
  }

  /** The end of a role, for which the header is what the client offers or the server answers. */
  static Extension extension(Role role, WebSocketConfig config, String header) {
    return extension(role, new PermessageDeflate(config), header);
  }

  static Extension extension(Role role, PermessageDeflate deflate, String header) {
    List<ExtensionOffer> elements = ExtensionOffer.parse(List.of(header));
    return (role == Role.SERVER ? deflate.choose(elements) : deflate.agreed(elements.get(0)))
        .orElseThrow()
        .extension();
  }
}
