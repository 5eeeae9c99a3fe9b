package io.github.upgradehandler.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.internal.deflate.PermessageDeflate;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Request heads of every kind: nothing but a {@link HandshakeRefusedException} with a status of the
 * client's is thrown, a list over several lines is the list in one (RFC 9110 section 5.3), and the
 * client agrees with what the server agreed to.
 */
class HandshakeFuzz {

  private static final List<OriginPolicy> POLICIES =
      List.of(
          new OriginPolicy(List.of(), false),
          new OriginPolicy(List.of("https://good.example"), true));

  private final PermessageDeflate deflate =
      new PermessageDeflate(
          WebSocketConfig.builder().compression(true).compressionContextTakeover(true).build());

  /** Each line changes a good request: see {@link Request#changed}; those with {@code +} add. */
  @FuzzTest
  void heads(byte[] input) {
    Request request = Request.opening();
    List<String> lines = new String(input, StandardCharsets.ISO_8859_1).lines().toList();
    for (String line : lines) {
      request = line.startsWith("+") ? request.with(line.substring(1)) : request.changed(line);
    }
    for (OriginPolicy policy : POLICIES) {
      try {
        policy.check(request);
      } catch (HandshakeRefusedException e) {
        assertThat(e.status()).isEqualTo(403);
      }
    }
    ParsedOpening handshake = read(request);
    assertSame(handshake, read(joined(request, "Sec-WebSocket-Extensions")));
    assertSame(handshake, read(joined(request, "Sec-WebSocket-Protocol")));
    assertSame(handshake, read(joined(request, "Connection")));
    assertSame(handshake, read(joined(request, "Upgrade")));
    if (handshake != null) {
      assertClientAgrees(handshake.extensions());
    }
  }

  private static @Nullable ParsedOpening read(Request request) {
    try {
      return ParsedOpening.read(request);
    } catch (HandshakeRefusedException e) {
      assertThat(e.status()).isIn(400, 405, 417, 426);
      return null;
    }
  }

  private static void assertSame(@Nullable ParsedOpening expected, @Nullable ParsedOpening actual) {
    assertThat(actual).isEqualTo(expected);
  }

  private static Request joined(Request request, String name) {
    List<String> values = request.headers(name);
    return values.isEmpty() ? request : request.changed(name + ": " + String.join(",", values));
  }

  private void assertClientAgrees(List<ExtensionOffer> offers) {
    Optional<PermessageDeflate.Agreement> agreed = deflate.choose(offers);
    if (agreed.isEmpty()) {
      return;
    }
    List<ExtensionOffer> answer = ExtensionOffer.parse(List.of(agreed.get().header()));
    assertThat(answer).hasSize(1);
    assertThat(deflate.agreed(answer.get(0))).isPresent();
  }
}
