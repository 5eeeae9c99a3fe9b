package io.github.upgradehandler.internal.deflate;

import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.internal.protocol.Extension;
import io.github.upgradehandler.internal.protocol.ExtensionOffer;
import io.github.upgradehandler.spi.Role;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/**
 * Compression of messages (RFC 7692) for one endpoint: negotiates, and lends codecs to the
 * connections that need them at the moment. Thread-safe.
 */
public final class PermessageDeflate {

  /** 4 KiB for each client that keeps its context, where no more is wanted than it insists on. */
  private static final Integer REMEMBERED_WINDOW = 12;

  private static final int POOLED_CODECS = 2 * Runtime.getRuntime().availableProcessors();

  private final int threshold;
  private final boolean contextTakeover;
  private final CodecPool<Deflater> deflaters;
  private final CodecPool<InflateCodec> inflaters =
      new CodecPool<>(POOLED_CODECS, InflateCodec::new, InflateCodec::reset, InflateCodec::end);

  /** As many as there are legal parameters, at most. */
  private final Map<Terms, Agreement> agreements = new HashMap<>();

  private record Terms(Role role, DeflateParameters agreed) {}

  /** What was agreed on for a connection. */
  public record Agreement(String header, Extension extension) {}

  /** Compression by a configuration. */
  public PermessageDeflate(WebSocketConfig config) {
    threshold = config.compression().threshold();
    contextTakeover = config.compression().contextTakeover();
    int level = config.compression().level();
    deflaters =
        new CodecPool<>(
            POOLED_CODECS, () -> new Deflater(level, true), Deflater::reset, Deflater::end);
  }

  /**
   * The server's choice (section 5): the first offer that it can keep.
   *
   * @return empty if there is none; messages are then not compressed
   */
  public Optional<Agreement> choose(List<ExtensionOffer> offers) {
    return offers.stream()
        .flatMap(offer -> DeflateParameters.read(offer, false).stream())
        .findFirst()
        .map(this::answer)
        .map(agreed -> agreement(Role.SERVER, agreed));
  }

  /** What the client offers: that it keeps a smaller window if the server wants it to. */
  public String offer() {
    return new DeflateParameters(
            !contextTakeover, !contextTakeover, null, DeflateParameters.WITHOUT_VALUE)
        .toHeader();
  }

  /**
   * What the server agreed to, for the client.
   *
   * @return empty if the response is none to {@link #offer}: the client fails the connection
   *     (section 5.1)
   */
  public Optional<Agreement> agreed(ExtensionOffer response) {
    return DeflateParameters.read(response, true)
        .filter(agreed -> contextTakeover || agreed.serverNoContextTakeover())
        .map(
            agreed ->
                new DeflateParameters(
                    agreed.serverNoContextTakeover(),
                    agreed.clientNoContextTakeover() || !contextTakeover,
                    agreed.serverMaxWindowBits(),
                    agreed.clientMaxWindowBits()))
        .map(agreed -> agreement(Role.CLIENT, agreed));
  }

  /** Frees the codecs that are not in use, and the others when they are given back. */
  public void close() {
    deflaters.close();
    inflaters.close();
  }

  /** Codecs that there are, in use or not: native memory. */
  public int liveCodecs() {
    return deflaters.live() + inflaters.live();
  }

  /**
   * Everything that is offered can be kept (sections 7.1.1 and 7.1.2): the smaller window of the
   * server by {@link MessageDeflater}, and the client's by an inflater, whose window is the
   * largest. A client that did not offer to do without its context is not asked to, which section
   * 7.1.1.2 allows and Netty takes for an error; one that offers to keep a smaller window is.
   */
  private DeflateParameters answer(DeflateParameters offer) {
    return new DeflateParameters(
        offer.serverNoContextTakeover() || !contextTakeover,
        offer.clientNoContextTakeover(),
        offer.serverMaxWindowBits(),
        clientMaxWindowBits(offer));
  }

  private @Nullable Integer clientMaxWindowBits(DeflateParameters offer) {
    Integer offered = offer.clientMaxWindowBits();
    if (offered == null || contextTakeover || offer.clientNoContextTakeover()) {
      return null;
    }
    return offered.equals(DeflateParameters.WITHOUT_VALUE)
        ? REMEMBERED_WINDOW
        : Math.min(offered, REMEMBERED_WINDOW);
  }

  /** Cached, so that a connection holds no copy of what it agreed on. */
  private Agreement agreement(Role role, DeflateParameters agreed) {
    synchronized (agreements) {
      return agreements.computeIfAbsent(
          new Terms(role, agreed),
          key ->
              new Agreement(
                  agreed.toHeader(),
                  new DeflateExtension(role, agreed, threshold, deflaters, inflaters)));
    }
  }
}
