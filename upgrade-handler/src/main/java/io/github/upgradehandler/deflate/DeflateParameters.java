package io.github.upgradehandler.deflate;

import io.github.upgradehandler.frame.Role;
import io.github.upgradehandler.protocol.ExtensionOffer;
import io.github.upgradehandler.protocol.ExtensionOffer.Parameter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of permessage-deflate (RFC 7692 section 7.1), in an offer or as agreed.
 *
 * @param serverNoContextTakeover section 7.1.1.1
 * @param clientNoContextTakeover section 7.1.1.2
 * @param serverMaxWindowBits section 7.1.2.1: 8 to 15; 15 if the parameter is not there
 * @param clientMaxWindowBits section 7.1.2.2: 8 to 15; in an offer {@link #WITHOUT_VALUE} if the
 *     parameter stands alone; null if it is not there
 */
record DeflateParameters(
    boolean serverNoContextTakeover,
    boolean clientNoContextTakeover,
    int serverMaxWindowBits,
    @Nullable Integer clientMaxWindowBits) {

  static final String EXTENSION = "permessage-deflate";
  static final int LARGEST_WINDOW = 15;
  static final Integer WITHOUT_VALUE = 0;

  private static final int SMALLEST_WINDOW = 8;
  private static final String SERVER_NO_CONTEXT_TAKEOVER = "server_no_context_takeover";
  private static final String CLIENT_NO_CONTEXT_TAKEOVER = "client_no_context_takeover";
  private static final String SERVER_MAX_WINDOW_BITS = "server_max_window_bits";
  private static final String CLIENT_MAX_WINDOW_BITS = "client_max_window_bits";

  /**
   * Reads an offer, or a response.
   *
   * @return empty if it is one to decline: another extension, or a parameter that is unknown, there
   *     twice, has a value it must not have or one out of range (section 7.1)
   */
  static Optional<DeflateParameters> read(ExtensionOffer offer, boolean isResponse) {
    if (!offer.name().equals(EXTENSION)) {
      return Optional.empty();
    }
    boolean serverNoContext = false;
    boolean clientNoContext = false;
    int serverBits = LARGEST_WINDOW;
    Integer clientBits = null;
    Set<String> seen = new HashSet<>();
    for (Parameter parameter : offer.parameters()) {
      String value = parameter.value();
      if (!seen.add(parameter.name())) {
        return Optional.empty();
      }
      switch (parameter.name()) {
        case SERVER_NO_CONTEXT_TAKEOVER -> serverNoContext = value == null;
        case CLIENT_NO_CONTEXT_TAKEOVER -> clientNoContext = value == null;
        case SERVER_MAX_WINDOW_BITS -> serverBits = windowBits(value);
        case CLIENT_MAX_WINDOW_BITS ->
            clientBits = value == null && !isResponse ? WITHOUT_VALUE : (Integer) windowBits(value);
        default -> {
          return Optional.empty();
        }
      }
    }
    boolean valuesWhereNone =
        seen.contains(SERVER_NO_CONTEXT_TAKEOVER) != serverNoContext
            || seen.contains(CLIENT_NO_CONTEXT_TAKEOVER) != clientNoContext;
    if (valuesWhereNone || serverBits < 0 || (clientBits != null && clientBits < 0)) {
      return Optional.empty();
    }
    return Optional.of(
        new DeflateParameters(serverNoContext, clientNoContext, serverBits, clientBits));
  }

  /** The element of the header that says these parameters. */
  String toHeader() {
    List<String> parts = new ArrayList<>(List.of(EXTENSION));
    if (serverNoContextTakeover) {
      parts.add(SERVER_NO_CONTEXT_TAKEOVER);
    }
    if (clientNoContextTakeover) {
      parts.add(CLIENT_NO_CONTEXT_TAKEOVER);
    }
    if (serverMaxWindowBits < LARGEST_WINDOW) {
      parts.add(SERVER_MAX_WINDOW_BITS + "=" + serverMaxWindowBits);
    }
    if (clientMaxWindowBits != null) {
      parts.add(
          CLIENT_MAX_WINDOW_BITS
              + (clientMaxWindowBits.equals(WITHOUT_VALUE) ? "" : "=" + clientMaxWindowBits));
    }
    return parts.stream().collect(Collectors.joining("; "));
  }

  /** Whether what that end sends may build on its earlier messages. */
  boolean keepsContext(Role sender) {
    return !(sender == Role.SERVER ? serverNoContextTakeover : clientNoContextTakeover);
  }

  /** The window of what that end sends. */
  int windowBits(Role sender) {
    if (sender == Role.SERVER) {
      return serverMaxWindowBits;
    }
    return clientMaxWindowBits == null || clientMaxWindowBits.equals(WITHOUT_VALUE)
        ? LARGEST_WINDOW
        : clientMaxWindowBits;
  }

  /** The number, in decimal without leading zeros; -1 for anything else. */
  private static int windowBits(@Nullable String value) {
    for (int bits = SMALLEST_WINDOW; bits <= LARGEST_WINDOW; bits++) {
      if (Integer.toString(bits).equals(value)) {
        return bits;
      }
    }
    return -1;
  }
}
