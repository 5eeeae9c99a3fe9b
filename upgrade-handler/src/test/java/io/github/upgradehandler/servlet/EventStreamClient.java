package io.github.upgradehandler.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.upgradehandler.testing.Tls;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A client of an event stream on a plain socket. Reading has a time limit. */
final class EventStreamClient implements AutoCloseable {

  private static final int READ_TIMEOUT_MILLIS = 20_000;

  private final Socket tcp = new Socket();
  private final Socket socket; // the same, or TLS over it
  private final InputStream in;
  private final List<String> head;
  private final boolean chunked;
  private int leftOfChunk;
  private boolean insideBody;

  /** Asks for the stream, with more header lines, and reads the head of the response. */
  EventStreamClient(RunningServer server, String... lines) throws IOException {
    this(server, EventContainer.PATH, 0, lines);
  }

  /** Asks for the stream with a query. */
  static EventStreamClient withQuery(RunningServer server, String query) throws IOException {
    return new EventStreamClient(server, EventContainer.PATH + "?" + query, 0);
  }

  /**
   * Asks for the stream.
   *
   * @param receiveBuffer bytes that the operating system takes unread; 0 for its default
   */
  EventStreamClient(RunningServer server, int receiveBuffer, String... lines) throws IOException {
    this(server, EventContainer.PATH, receiveBuffer, lines);
  }

  /** Asks for the stream with TLS. */
  static EventStreamClient secure(RunningServer server) throws IOException {
    return new EventStreamClient(server, EventContainer.PATH, 0, Tls::over);
  }

  private interface Carrier {
    Socket over(Socket tcp) throws IOException;
  }

  private EventStreamClient(RunningServer server, String target, int receiveBuffer, String... lines)
      throws IOException {
    this(server, target, receiveBuffer, tcp -> tcp, lines);
  }

  private EventStreamClient(
      RunningServer server, String target, int receiveBuffer, Carrier carrier, String... lines)
      throws IOException {
    if (receiveBuffer > 0) {
      tcp.setReceiveBufferSize(receiveBuffer);
    }
    tcp.setSoTimeout(READ_TIMEOUT_MILLIS);
    tcp.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), server.port()));
    socket = carrier.over(tcp);
    in = new BufferedInputStream(socket.getInputStream(), 16 << 10);
    String request = "GET " + target + " HTTP/1.1\r\nHost: server.test\r\n";
    for (String line : lines) {
      request += line + "\r\n";
    }
    socket.getOutputStream().write((request + "\r\n").getBytes(ISO_8859_1));
    List<String> first = head();
    // A server may say first that the client may go on (RFC 9110 section 15.2.1).
    head = first.get(0).startsWith("HTTP/1.1 100") ? head() : first;
    chunked = head.stream().anyMatch(line -> line.equalsIgnoreCase("Transfer-Encoding: chunked"));
  }

  /** What comes up to the end of the connection, as it is. */
  String rest() throws IOException {
    socket.shutdownOutput();
    return new String(in.readAllBytes(), ISO_8859_1);
  }

  /** The lines of the response's head. */
  List<String> responseHead() {
    return head;
  }

  /** The next block of the stream, its lines joined by {@code |}. */
  String next() throws IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    while (true) {
      String line = line();
      if (line.isEmpty()) {
        return block.toString(UTF_8);
      }
      block.writeBytes(((block.size() > 0 ? "|" : "") + line).getBytes(UTF_8));
    }
  }

  /** The next block that is no comment. */
  String nextEvent() throws IOException {
    String block = next();
    while (block.startsWith(":")) {
      block = next();
    }
    return block;
  }

  /** The id that a block ends with or has alone. */
  static String id(String block) {
    return Arrays.stream(block.split("\\|"))
        .filter(line -> line.startsWith("id:"))
        .map(line -> line.substring(3))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no id in " + block));
  }

  /** The data of a block. */
  static String data(String block) {
    return String.join(
        "|",
        Arrays.stream(block.split("\\|"))
            .filter(line -> line.startsWith("data:"))
            .map(line -> line.substring(5))
            .toList());
  }

  /** Whether the response is at its end, in order: with the last chunk. */
  boolean isEnded() throws IOException {
    return read() < 0;
  }

  private String line() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    while (true) {
      int next = read();
      if (next < 0) {
        throw new EOFException("end of the stream behind '" + line + "'");
      }
      if (next == '\n') {
        return line.toString(UTF_8);
      }
      line.write(next);
    }
  }

  /** The next byte of the body, out of its chunks if it has any (RFC 9112 section 7.1). */
  private int read() throws IOException {
    if (!chunked) {
      return in.read();
    }
    if (leftOfChunk == 0) {
      if (insideBody) {
        rawLine(); // Jetty sends the end of a chunk with the next one
      }
      insideBody = true;
      leftOfChunk = Integer.parseInt(rawLine(), 16);
      if (leftOfChunk == 0) {
        return -1;
      }
    }
    int next = in.read();
    if (next < 0) {
      throw new EOFException("end inside a chunk");
    }
    leftOfChunk--;
    return next;
  }

  private List<String> head() throws IOException {
    List<String> lines = new ArrayList<>();
    for (String line = rawLine(); !line.isEmpty(); line = rawLine()) {
      lines.add(line);
    }
    return lines;
  }

  private String rawLine() throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        throw new EOFException("end of TCP behind '" + line + "'");
      }
      if (next != '\r') {
        line.write(next);
      }
    }
    return line.toString(ISO_8859_1);
  }

  /** Ends the connection rudely: RST. */
  void reset() throws IOException {
    tcp.setSoLinger(true, 0);
    tcp.close();
  }

  /** Ends this side of the stream: FIN. */
  void finish() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    tcp.close(); // TLS would wait for the server to close, too
  }
}
