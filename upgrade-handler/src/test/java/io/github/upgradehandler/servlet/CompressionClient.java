package io.github.upgradehandler.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.upgradehandler.internal.deflate.Frames;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A client over a socket that sends and receives frames as they are. */
public final class CompressionClient implements AutoCloseable {

  private static final int PATIENCE_MILLIS = 20_000;

  private final Socket socket;
  private final DataInputStream in;
  private final List<String> extensions = new ArrayList<>();

  /** Opens a WebSocket with these lines of {@code Sec-WebSocket-Extensions}. */
  public CompressionClient(int port, String... offers) throws IOException {
    socket = new Socket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    socket.setTcpNoDelay(true);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
    StringBuilder request =
        new StringBuilder(
            """
            GET /socket HTTP/1.1\r
            Host: localhost\r
            Connection: Upgrade\r
            Upgrade: websocket\r
            Sec-WebSocket-Version: 13\r
            Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r
            """);
    for (String offer : offers) {
      request.append("Sec-WebSocket-Extensions: ").append(offer).append("\r\n");
    }
    write(request.append("\r\n").toString().getBytes(ISO_8859_1));
    readHead();
  }

  /** The lines of {@code Sec-WebSocket-Extensions} in the response. */
  List<String> extensions() {
    return extensions;
  }

  /** Sends a frame. */
  public void send(int firstByte, byte[] payload) throws IOException {
    write(Frames.ofClient(firstByte, payload));
  }

  /** Sends a message in frames of at most that many bytes. */
  void sendFragmented(int firstByte, byte[] payload, int frameBytes) throws IOException {
    for (int from = 0; from < payload.length; from += frameBytes) {
      int to = Math.min(payload.length, from + frameBytes);
      int fin = to == payload.length ? 0x80 : 0;
      send(fin | (from == 0 ? firstByte & 0x7F : 0), Arrays.copyOfRange(payload, from, to));
    }
  }

  /** The next frame. */
  public Frames.Frame receive() throws IOException {
    byte[] header = new byte[2];
    in.readFully(header);
    int extended = header[1] == 127 ? 8 : header[1] == 126 ? 2 : 0;
    byte[] length = in.readNBytes(extended);
    int payloadLength = extended == 0 ? header[1] : 0;
    for (byte digit : length) {
      payloadLength = payloadLength << 8 | (digit & 0xFF);
    }
    byte[] payload = in.readNBytes(payloadLength);
    return Frames.parse(Frames.join(header, length, payload)).get(0);
  }

  /** The code of the Close frame that comes next. */
  public int receiveClose() throws IOException {
    Frames.Frame frame = receive();
    if (frame.firstByte() != 0x88) {
      throw new AssertionError("not a Close frame: " + frame.brief());
    }
    return (frame.payload()[0] & 0xFF) << 8 | (frame.payload()[1] & 0xFF);
  }

  /** Ends the connection with an RST. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void write(byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
  }

  private void readHead() throws IOException {
    String status = readLine();
    if (!status.startsWith("HTTP/1.1 101")) {
      throw new AssertionError(status);
    }
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      String name = "sec-websocket-extensions:";
      if (line.regionMatches(true, 0, name, 0, name.length())) {
        extensions.add(line.substring(name.length()).strip());
      }
    }
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.read(); c != '\n'; c = in.read()) {
      if (c < 0) {
        throw new IOException("ended in the response's head: " + line);
      }
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }
}
