package io.github.upgradehandler.socketio.internal.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.upgradehandler.socketio.SocketIoConfig;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Locale;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/** One request and its response, which is written once. */
final class Exchange {

  private final HttpServletRequest request;
  private final HttpServletResponse response;

  Exchange(HttpServletRequest request, HttpServletResponse response) {
    this.request = request;
    this.response = response;
  }

  HttpServletRequest request() {
    return request;
  }

  HttpServletResponse response() {
    return response;
  }

  /** Refuses with 400. */
  void refuse(EngineError error) throws IOException {
    refuse(HttpServletResponse.SC_BAD_REQUEST, error, error.message());
  }

  /** Refuses with another status and message. */
  void refuse(int status, EngineError error, String message) throws IOException {
    response.setStatus(status);
    byte[] body =
        ("{\"code\":" + error.code() + ",\"message\":\"" + escaped(message) + "\"}")
            .getBytes(UTF_8);
    write("application/json", body);
  }

  /** Answers with a status and no body. */
  void status(int status) {
    response.setStatus(status);
    response.setContentLength(0);
  }

  /** Says that what was posted is taken. */
  void ok() throws IOException {
    // No charset and no text/plain, of which some browsers warn.
    write("text/html", "ok".getBytes(UTF_8));
  }

  /** The packets as bytes: text, or what version 3 has for bytes. */
  byte[] payload(List<EnginePacket> packets, EngineProtocol protocol, boolean base64) {
    return isBinary(packets, protocol, base64)
        ? BinaryPayloadV3.encode(packets)
        : protocol.encodePayload(packets).getBytes(UTF_8);
  }

  /** Writes what {@link #payload} has made. */
  void packets(
      byte[] payload,
      List<EnginePacket> packets,
      EngineProtocol protocol,
      boolean base64,
      SocketIoConfig config)
      throws IOException {
    String type =
        isBinary(packets, protocol, base64)
            ? "application/octet-stream"
            : "text/plain; charset=UTF-8";
    boolean worthwhile =
        payload.length >= config.compressionThreshold()
            && packets.stream().anyMatch(EnginePacket::isCompressible);
    String encoding = worthwhile ? encoding() : null;
    if (encoding == null) {
      write(type, payload);
    } else {
      response.setHeader("Content-Encoding", encoding);
      write(type, compressed(payload, encoding));
    }
  }

  private static boolean isBinary(
      List<EnginePacket> packets, EngineProtocol protocol, boolean base64) {
    return protocol == EngineProtocol.V3
        && !base64
        && packets.stream().anyMatch(packet -> packet.bytes() != null);
  }

  private void write(String type, byte[] body) throws IOException {
    response.setContentType(type);
    response.setHeader("Cache-Control", "no-store");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  private @Nullable String encoding() {
    String accepted = request.getHeader("Accept-Encoding");
    if (accepted == null) {
      return null;
    }
    String lowerCase = accepted.toLowerCase(Locale.ROOT);
    return accepts(lowerCase, "gzip") ? "gzip" : accepts(lowerCase, "deflate") ? "deflate" : null;
  }

  private static boolean accepts(String header, String encoding) {
    for (String part : header.split(",", -1)) {
      String[] parts = part.split(";", 2);
      if (parts[0].strip().equals(encoding)) {
        return parts.length == 1 || !parts[1].replace(" ", "").matches("q=0(\\.0*)?");
      }
    }
    return false;
  }

  private static byte[] compressed(byte[] body, String encoding) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 2);
    try (OutputStream compressing =
        encoding.equals("gzip") ? new GZIPOutputStream(out) : new DeflaterOutputStream(out)) {
      compressing.write(body);
    }
    return out.toByteArray();
  }

  private static String escaped(String message) {
    StringBuilder escaped = new StringBuilder();
    for (int i = 0; i < message.length(); i++) {
      char c = message.charAt(i);
      if (c == '"' || c == '\\') {
        escaped.append('\\').append(c);
      } else {
        escaped.append(c < ' ' ? ' ' : c);
      }
    }
    return escaped.toString();
  }
}
