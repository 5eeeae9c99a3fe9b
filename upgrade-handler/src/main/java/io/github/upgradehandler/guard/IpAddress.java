package io.github.upgradehandler.guard;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** An IP address read from text, of which no part is ever looked up in the DNS. */
final class IpAddress {

  private static final String OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
  private static final Pattern V4 =
      Pattern.compile("(" + OCTET + "(?:\\." + OCTET + "){3})(?::\\d{1,5})?");
  private static final Pattern V6 =
      Pattern.compile("((?=[^%]*:)[0-9A-Fa-f:][0-9A-Fa-f:.]*)(?:%\\w+)?");
  private static final Pattern BRACKETS = Pattern.compile("\\[([^]]*)](?::\\d{1,5})?");
  private static final int V6_NETWORK_BYTES = 8;

  private final InetAddress address;

  private IpAddress(InetAddress address) {
    this.address = address;
  }

  /** An address as it stands in a header: perhaps in brackets, perhaps with a port or a zone. */
  static Optional<IpAddress> parse(String text) {
    Matcher matcher = V4.matcher(text);
    if (!matcher.matches()) {
      Matcher brackets = BRACKETS.matcher(text);
      matcher = V6.matcher(brackets.matches() ? brackets.group(1) : text);
      if (!matcher.matches()) {
        return Optional.empty();
      }
    }
    try {
      // Four octets, or what begins with a digit or a colon and has a colon: never looked up.
      return Optional.of(new IpAddress(InetAddress.getByName(matcher.group(1))));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  byte[] bytes() {
    return address.getAddress();
  }

  /** The part of it that a client cannot choose: all of an IPv4 address, 64 bits of an IPv6 one. */
  String network() {
    if (address instanceof Inet4Address) {
      return address.getHostAddress();
    }
    byte[] bytes = address.getAddress();
    Arrays.fill(bytes, V6_NETWORK_BYTES, bytes.length, (byte) 0);
    try {
      return InetAddress.getByAddress(bytes).getHostAddress() + "/64";
    } catch (UnknownHostException e) {
      throw new AssertionError("16 bytes are an address", e);
    }
  }

  @Override
  public String toString() {
    return address.getHostAddress();
  }
}
