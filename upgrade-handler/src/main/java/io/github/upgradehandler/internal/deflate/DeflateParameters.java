package io.github.upgradehandler.internal.deflate;

import io.github.upgradehandler.internal.protocol.ExtensionOffer;
import io.github.upgradehandler.internal.protocol.ExtensionOffer.Parameter;
import io.github.upgradehandler.spi.Role;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of permessage-deflate (RFC 7692 section 7.1), in an offer or as agreed.
 *
 * @param serverNoContextTakeover section 7.1.1.1
 * @param clientNoContextTakeover section 7.1.1.2
 * @param serverMaxWindowBits section 7.1.2.1: 8 to 15; null if the parameter is not there
 * @param clientMaxWindowBits section 7.1.2.2: 8 to 15; in an offer {@link #WITHOUT_VALUE} if the
 *     parameter stands alone; null if it is not there
 */
record DeflateParameters(
    boolean serverNoContextTakeover,
    boolean clientNoContextTakeover,
    @Nullable Integer serverMaxWindowBits,
    @Nullable Integer clientMaxWindowBits) {

  static final String EXTENSION = "permessage-deflate";
  static final int LARGEST_WINDOW = 15;
  static final Integer WITHOUT_VALUE = 0;

  /** In decimal without leading zeros (sections 7.1.2.1 and 7.1.2.2). */
  private static final Pattern WINDOW_BITS = Pattern.compile("[89]|1[0-5]");

  /** Stands for no value; those that are there are tokens, so never empty. */
  private static final String ALONE = "";

  private static final String SERVER_NO_CONTEXT_TAKEOVER = "server_no_context_takeover";
  private static final String CLIENT_NO_CONTEXT_TAKEOVER = "client_no_context_takeover";
  private static final String SERVER_MAX_WINDOW_BITS = "server_max_window_bits";
  private static final String CLIENT_MAX_WINDOW_BITS = "client_max_window_bits";

  /**
   * Reads an offer, or a response.
   *
   * @return empty if it is one to decline: another extension, or a parameter that is unknown, there
   *     twice, has a value it must not have, lacks one, or has one out of range (section 7.1)
   */
  static Optional<DeflateParameters> read(ExtensionOffer offer, boolean isResponse) {
    if (!offer.name().equals(EXTENSION)) {
      return Optional.empty();
    }
    Map<String, String> given = new HashMap<>();
    for (Parameter parameter : offer.parameters()) {
      String value = parameter.value() == null ? ALONE : parameter.value();
      if (!isLegal(parameter.name(), value, isResponse)
          || given.put(parameter.name(), value) != null) {
        return Optional.empty();
      }
    }
    return Optional.of(
        new DeflateParameters(
            given.containsKey(SERVER_NO_CONTEXT_TAKEOVER),
            given.containsKey(CLIENT_NO_CONTEXT_TAKEOVER),
            windowBits(given.get(SERVER_MAX_WINDOW_BITS)),
            windowBits(given.get(CLIENT_MAX_WINDOW_BITS))));
  }

  /** The element of the header with these parameters. */
  String toHeader() {
    StringBuilder header = new StringBuilder(EXTENSION);
    if (serverNoContextTakeover) {
      header.append("; ").append(SERVER_NO_CONTEXT_TAKEOVER);
    }
    if (clientNoContextTakeover) {
      header.append("; ").append(CLIENT_NO_CONTEXT_TAKEOVER);
    }
    appendWindowBits(header, SERVER_MAX_WINDOW_BITS, serverMaxWindowBits);
    appendWindowBits(header, CLIENT_MAX_WINDOW_BITS, clientMaxWindowBits);
    return header.toString();
  }

  /** Whether what that end sends may build on its earlier messages. */
  boolean keepsContext(Role sender) {
    return !(sender == Role.SERVER ? serverNoContextTakeover : clientNoContextTakeover);
  }

  /** The window of what that end sends, as agreed. */
  int windowBits(Role sender) {
    Integer bits = sender == Role.SERVER ? serverMaxWindowBits : clientMaxWindowBits;
    return bits == null ? LARGEST_WINDOW : bits;
  }

  private static boolean isLegal(String name, String value, boolean isResponse) {
    return switch (name) {
      case SERVER_NO_CONTEXT_TAKEOVER, CLIENT_NO_CONTEXT_TAKEOVER -> value.equals(ALONE);
      case SERVER_MAX_WINDOW_BITS -> isWindowBits(value);
      case CLIENT_MAX_WINDOW_BITS -> isWindowBits(value) || (value.equals(ALONE) && !isResponse);
      default -> false;
    };
  }

  private static boolean isWindowBits(String value) {
    return WINDOW_BITS.matcher(value).matches();
  }

  private static @Nullable Integer windowBits(@Nullable String value) {
    if (value == null) {
      return null;
    }
    return value.equals(ALONE) ? WITHOUT_VALUE : Integer.valueOf(value);
  }

  private static void appendWindowBits(StringBuilder header, String name, @Nullable Integer bits) {
    if (bits != null) {
      header.append("; ").append(name);
      if (!bits.equals(WITHOUT_VALUE)) {
        header.append('=').append(bits);
      }
    }
  }
}
