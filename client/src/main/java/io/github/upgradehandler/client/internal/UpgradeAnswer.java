package io.github.upgradehandler.client.internal;

import io.github.upgradehandler.client.HandshakeFailedException;
import io.github.upgradehandler.client.HandshakeResponse;
import io.github.upgradehandler.internal.deflate.PermessageDeflate;
import io.github.upgradehandler.internal.protocol.Extension;
import io.github.upgradehandler.internal.protocol.ExtensionOffer;
import io.github.upgradehandler.internal.protocol.HeaderTokens;
import io.github.upgradehandler.internal.protocol.ParsedOpening;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a server has agreed to (RFC 6455 section 4.1, what the client checks).
 *
 * @param subprotocol one that was offered, or null
 * @param extension if anything was agreed on
 */
record UpgradeAnswer(@Nullable String subprotocol, @Nullable Extension extension) {

  private static final int SWITCHING_PROTOCOLS = 101;

  /**
   * Checks an answer.
   *
   * @param deflate null if it was not offered
   * @throws HandshakeFailedException if it does not open a WebSocket, or not as it was asked for
   */
  static UpgradeAnswer check(
      HandshakeResponse response, UpgradeRequest request, @Nullable PermessageDeflate deflate)
      throws HandshakeFailedException {
    if (response.status() != SWITCHING_PROTOCOLS) {
      String status = (response.status() + " " + response.reason()).strip();
      throw new HandshakeFailedException(
          "the server has answered " + status + ", not 101", response);
    }
    List<String> upgrade = response.headers("Upgrade");
    require(upgrade.size() == 1, response, "Upgrade is there " + times(upgrade) + ", not once");
    require(
        upgrade.get(0).equalsIgnoreCase("websocket"),
        response,
        "Upgrade is '" + upgrade.get(0) + "', not websocket");
    require(
        HeaderTokens.contains(response.headers("Connection"), "upgrade"),
        response,
        "Connection names no Upgrade");
    List<String> accept = response.headers("Sec-WebSocket-Accept");
    require(
        accept.size() == 1,
        response,
        "Sec-WebSocket-Accept is there " + times(accept) + ", not once");
    require(
        accept.get(0).equals(ParsedOpening.acceptFor(request.key())),
        response,
        "Sec-WebSocket-Accept does not answer the key");
    return new UpgradeAnswer(
        subprotocol(response, request.subprotocols()), extension(response, deflate));
  }

  private static @Nullable String subprotocol(HandshakeResponse response, List<String> offered)
      throws HandshakeFailedException {
    List<String> chosen = response.headers("Sec-WebSocket-Protocol");
    if (chosen.isEmpty()) {
      return null;
    }
    require(
        chosen.size() == 1,
        response,
        "Sec-WebSocket-Protocol is there " + times(chosen) + ", not once");
    require(
        offered.contains(chosen.get(0)),
        response,
        "the subprotocol '" + chosen.get(0) + "' was not offered");
    return chosen.get(0);
  }

  private static @Nullable Extension extension(
      HandshakeResponse response, @Nullable PermessageDeflate deflate)
      throws HandshakeFailedException {
    List<ExtensionOffer> chosen;
    try {
      chosen = ExtensionOffer.parse(response.headers("Sec-WebSocket-Extensions"));
    } catch (IllegalArgumentException e) {
      throw failed(response, "Sec-WebSocket-Extensions: " + e.getMessage());
    }
    if (chosen.isEmpty()) {
      return null;
    }
    String name = chosen.get(0).name();
    if (deflate == null || !name.equals("permessage-deflate")) {
      throw failed(response, "the extension '" + name + "' was not offered");
    }
    require(chosen.size() == 1, response, "there is more than one extension, one was offered");
    return deflate
        .agreed(chosen.get(0))
        .map(PermessageDeflate.Agreement::extension)
        .orElseThrow(
            () ->
                failed(
                    response,
                    "the parameters of permessage-deflate do not answer the offer (RFC 7692 section"
                        + " 5.1)"));
  }

  private static String times(List<String> values) {
    return values.size() + " times";
  }

  private static void require(boolean right, HandshakeResponse response, String wrong)
      throws HandshakeFailedException {
    if (!right) {
      throw failed(response, wrong);
    }
  }

  private static HandshakeFailedException failed(HandshakeResponse response, String wrong) {
    return new HandshakeFailedException(
        "the server's answer is wrong: " + wrong + " (RFC 6455 section 4.1)", response);
  }
}
