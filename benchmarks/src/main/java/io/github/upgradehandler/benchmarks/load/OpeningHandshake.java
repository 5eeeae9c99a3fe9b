package io.github.upgradehandler.benchmarks.load;

import java.io.ByteArrayOutputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** The opening handshake of one connection (RFC 6455 section 4.1); the key is the same for all. */
final class OpeningHandshake {

  private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";
  private static final String END = "\r\n\r\n";
  private static final int LONGEST_RESPONSE = 8 << 10;

  private final Row row;
  private final ByteArrayOutputStream response = new ByteArrayOutputStream(256);
  private boolean complete;

  OpeningHandshake(Row row) {
    this.row = row;
  }

  static byte[] request(Row row, InetSocketAddress server) {
    String extensions =
        row.compression()
            ? "Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover"
                + (row.contextTakeover() ? "" : "; server_no_context_takeover")
                + "\r\n"
            : "";
    return ("GET "
            + row.path()
            + " HTTP/1.1\r\nHost: 127.0.0.1:"
            + server.getPort()
            + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n"
            + extensions
            + "\r\n")
        .getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether the whole response has come, and is right. */
  boolean isComplete() {
    return complete;
  }

  /** Takes some of the response; returns how many of the bytes belong to it. */
  int take(byte[] bytes, int count) {
    int before = response.size();
    response.write(bytes, 0, count);
    String text = response.toString(StandardCharsets.ISO_8859_1);
    int end = text.indexOf(END);
    if (end < 0) {
      if (text.length() > LONGEST_RESPONSE) {
        throw new LoadException("the server's handshake has no end");
      }
      return count;
    }
    if (!text.startsWith("HTTP/1.1 101") || !text.contains(ACCEPT)) {
      throw new LoadException("the server refused: " + text.substring(0, text.indexOf("\r\n")));
    }
    String head = text.substring(0, end);
    if (row.compression() && !head.contains("permessage-deflate")) {
      throw new LoadException("the server did not agree on permessage-deflate");
    }
    if (row.contextTakeover() && head.contains("server_no_context_takeover")) {
      throw new LoadException("the server did not agree on context takeover");
    }
    complete = true;
    return end + END.length() - before;
  }
}
