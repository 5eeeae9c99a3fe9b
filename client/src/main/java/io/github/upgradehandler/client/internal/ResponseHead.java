package io.github.upgradehandler.client.internal;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.upgradehandler.client.HandshakeFailedException;
import io.github.upgradehandler.client.HandshakeResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The head of an HTTP response (RFC 9112), strictly read: what follows it are frames. */
final class ResponseHead {

  private static final Pattern STATUS_LINE =
      Pattern.compile("HTTP/1\\.([0-9]) ([1-5][0-9]{2})(?: ([\\t\\x20-\\x7E\\x80-\\xFF]*))?");
  private static final Pattern FIELD_VALUE = Pattern.compile("[\\t\\x20-\\x7E\\x80-\\xFF]*");
  private static final byte[] BEGINNING = "HTTP/1.".getBytes(ISO_8859_1);
  private static final int SHOWN = 40;

  private ResponseHead() {}

  /**
   * Reads a head.
   *
   * @param bytes with the empty line at its end
   * @throws HandshakeFailedException if it is none
   */
  static HandshakeResponse parse(String peer, byte[] bytes, int length)
      throws HandshakeFailedException {
    String[] lines = new String(bytes, 0, length - 4, ISO_8859_1).split("\r\n", -1);
    Matcher status = STATUS_LINE.matcher(lines[0]);
    if (!status.matches()) {
      throw wrong(peer, "begins with " + shown(lines[0]) + ", which is no status line of HTTP/1");
    }
    if (status.group(1).equals("0")) {
      throw wrong(peer, "is HTTP/1.0, which has no upgrade");
    }
    List<String> headers = new ArrayList<>();
    for (String line : Arrays.asList(lines).subList(1, lines.length)) {
      addHeader(peer, headers, line);
    }
    String reason = status.group(3) == null ? "" : status.group(3).strip();
    return new HandshakeResponse(Integer.parseInt(status.group(2)), reason, headers);
  }

  /**
   * Checks what is there of a head: another protocol's greeting has no empty line to wait for.
   *
   * @throws HandshakeFailedException if no head begins so
   */
  static void checkBeginning(String peer, byte[] bytes, int from, int to)
      throws HandshakeFailedException {
    int length = Math.min(to - from, BEGINNING.length);
    if (!Arrays.equals(bytes, from, from + length, BEGINNING, 0, length)) {
      String line = new String(bytes, from, to - from, ISO_8859_1).split("[\\r\\n]", 2)[0];
      throw wrong(peer, "begins with " + shown(line) + ", which is no status line of HTTP/1");
    }
  }

  private static void addHeader(String peer, List<String> headers, String line)
      throws HandshakeFailedException {
    int colon = line.indexOf(':');
    if (colon < 0 || !RequestCheck.isToken(line.substring(0, colon))) {
      throw wrong(peer, "has the line " + shown(line) + ", which is no header");
    }
    String name = line.substring(0, colon);
    String value = line.substring(colon + 1).strip();
    if (!FIELD_VALUE.matcher(value).matches()) {
      throw wrong(peer, "has control characters in the header " + name);
    }
    headers.add(name);
    headers.add(value);
  }

  private static HandshakeFailedException wrong(String peer, String what) {
    return new HandshakeFailedException("the " + peer + "'s answer " + what, null);
  }

  /** For the log: no control characters, no end. */
  private static String shown(String line) {
    String cut = line.length() > SHOWN ? line.substring(0, SHOWN) + "..." : line;
    return "'" + cut.replaceAll("[^\\x20-\\x7E]", "?") + "'";
  }
}
