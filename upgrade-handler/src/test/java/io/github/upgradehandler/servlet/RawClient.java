package io.github.upgradehandler.servlet;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.upgradehandler.testing.ClientFrames;
import io.github.upgradehandler.testing.Tls;
import io.github.upgradehandler.testkit.Frame;
import io.github.upgradehandler.testkit.FrameDecoder;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayDeque;
import java.util.Queue;

/**
 * A client on a socket, plain or under TLS, which sends whatever a test wants. Reading has a time
 * limit.
 */
public final class RawClient implements AutoCloseable {

  /** The example of RFC 6455 section 1.3. */
  public static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

  private static final int READ_TIMEOUT_MILLIS = 20_000;
  private static final int LARGEST_READ = 16 << 10;

  private final Socket tcp = new Socket();
  private final Socket socket; // the same, or TLS over it
  private final InputStream in;
  private final byte[] buffer = new byte[LARGEST_READ];
  private final Queue<Frame> frames = new ArrayDeque<>();
  private final FrameDecoder decoder = new FrameDecoder(frames::add);

  /** Connects; nothing is sent yet. */
  RawClient(ServletServer server) throws IOException {
    this(server, 0);
  }

  /**
   * Connects.
   *
   * @param receiveBuffer bytes that the operating system takes unread; 0 for its default
   */
  RawClient(ServletServer server, int receiveBuffer) throws IOException {
    this(server.port(), receiveBuffer);
  }

  /** Connects to a port of this machine. */
  public RawClient(int port, int receiveBuffer) throws IOException {
    this(port, receiveBuffer, tcp -> tcp);
  }

  private RawClient(int port, int receiveBuffer, Carrier carrier) throws IOException {
    if (receiveBuffer > 0) {
      tcp.setReceiveBufferSize(receiveBuffer);
    }
    tcp.setTcpNoDelay(true);
    tcp.setSoTimeout(READ_TIMEOUT_MILLIS);
    tcp.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    socket = carrier.over(tcp);
    in = new BufferedInputStream(socket.getInputStream(), LARGEST_READ);
  }

  /** Connects to a port of this machine with TLS. */
  public static RawClient secure(int port, int receiveBuffer) throws IOException {
    return new RawClient(port, receiveBuffer, Tls::over);
  }

  private interface Carrier {
    Socket over(Socket tcp) throws IOException;
  }

  /** A client whose handshake was accepted. */
  static RawClient opened(ServletServer server) throws IOException {
    RawClient client = new RawClient(server);
    client.open();
    return client;
  }

  public void open() throws IOException {
    HttpReply reply = request(handshake("/socket"));
    if (reply.status() != 101) {
      throw new IOException("refused: " + reply);
    }
  }

  /** A good handshake with more header lines. */
  public static String handshake(String target, String... lines) {
    return "GET "
        + target
        + " HTTP/1.1\r\nHost: server.test\r\nConnection: keep-alive, Upgrade\r\n"
        + "Upgrade: WebSocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: "
        + KEY
        + "\r\n"
        + (lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n")
        + "\r\n";
  }

  /** Sends a request and reads the response. */
  public HttpReply request(String head) throws IOException {
    send(head.getBytes(ISO_8859_1));
    return HttpReply.read(in);
  }

  /** Sends a request whose response has no body, and reads its head. */
  HttpReply requestHead(String head) throws IOException {
    send(head.getBytes(ISO_8859_1));
    return HttpReply.readHead(in);
  }

  public HttpReply readReply() throws IOException {
    return HttpReply.read(in);
  }

  /** The response to a HEAD request. */
  public HttpReply readHead() throws IOException {
    return HttpReply.readHead(in);
  }

  /** Sends bytes, all in one segment if they fit. */
  public void send(byte[]... pieces) throws IOException {
    socket.getOutputStream().write(ClientFrames.concat(pieces));
  }

  /** The next frame. */
  public Frame next() throws IOException {
    while (frames.isEmpty()) {
      int count = in.read(buffer);
      if (count < 0) {
        throw new EOFException(decoder.isInsideFrame() ? "end inside a frame" : "end");
      }
      decoder.decode(buffer, count);
    }
    return frames.remove();
  }

  /** Waits for something to come, and leaves most of it unread. */
  public boolean isBegun() throws IOException {
    return in.read() >= 0;
  }

  /** Waits for the server to end the connection; true if nothing more came before. */
  public boolean isEnded() throws IOException {
    try {
      return frames.isEmpty() && in.read() < 0;
    } catch (SocketException e) {
      return true;
    }
  }

  /** Answers the server's Close frame and waits for the end. */
  public void answerClose(int code) throws IOException {
    send(ClientFrames.close(code, ""));
    if (!isEnded()) {
      throw new IOException("the server sent something behind its Close frame");
    }
  }

  public void readTimeout(int millis) throws IOException {
    socket.setSoTimeout(millis);
  }

  /** Ends this side of the stream: FIN. */
  public void finish() throws IOException {
    socket.shutdownOutput();
    if (!tcp.isOutputShutdown()) {
      tcp.shutdownOutput(); // TLS has only said that its own stream ends
    }
  }

  /** Ends the connection rudely: RST. */
  public void reset() throws IOException {
    tcp.setSoLinger(true, 0);
    tcp.close();
  }

  public int localPort() {
    return tcp.getLocalPort();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
