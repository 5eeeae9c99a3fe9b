package io.github.upgradehandler.containers.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A socket and what is written to it: shows the wire as it is. */
public final class SocketClient implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int CONNECT_MILLIS = 5_000;

  private final Socket socket;
  private final DataInputStream in;
  private final OutputStream out;

  private SocketClient(URI uri, int receiveBuffer) throws IOException {
    socket = uri.getScheme().equals("https") ? Trusting.socket() : new Socket();
    if (receiveBuffer > 0) {
      socket.setReceiveBufferSize(receiveBuffer);
    }
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), CONNECT_MILLIS);
    patience(PATIENCE);
    in = new DataInputStream(new BufferedInputStream(socket.getInputStream(), 64 * 1024));
    out = socket.getOutputStream();
  }

  /** Only TCP. */
  public static SocketClient connect(URI uri) throws IOException {
    return new SocketClient(uri, 0);
  }

  /** With an accepted handshake. */
  public static SocketClient open(URI uri) throws IOException {
    return open(uri, 0);
  }

  /** With a small receive buffer the server soon finds that it can write no more. */
  public static SocketClient open(URI uri, int receiveBuffer) throws IOException {
    SocketClient client = new SocketClient(uri, receiveBuffer);
    try {
      client.write(Request.handshake(uri).bytes());
      Response response = client.readHead();
      if (response.status() != 101) {
        throw new IOException("the handshake was refused: " + response);
      }
      return client;
    } catch (IOException e) {
      client.close();
      throw e;
    }
  }

  /** How long to wait for what is read. */
  public void patience(Duration limit) throws IOException {
    socket.setSoTimeout((int) limit.toMillis());
  }

  public void write(byte[] bytes) throws IOException {
    out.write(bytes);
  }

  public Response readHead() throws IOException {
    String statusLine = readLine();
    List<String> headers = new ArrayList<>();
    for (String line = readLine(); !line.isEmpty(); line = readLine()) {
      headers.add(line);
    }
    return new Response(Integer.parseInt(statusLine.split(" ", 3)[1]), headers);
  }

  private String readLine() throws IOException {
    StringBuilder line = new StringBuilder();
    for (int c = in.readUnsignedByte(); c != '\n'; c = in.readUnsignedByte()) {
      line.append((char) c);
    }
    return line.toString().stripTrailing();
  }

  /** Everything to the end of the stream. */
  public String readRest() throws IOException {
    return new String(in.readAllBytes(), ISO_8859_1);
  }

  public Frame readFrame() throws IOException {
    int first = in.readUnsignedByte();
    int length = in.readUnsignedByte();
    if ((first & 0x80) == 0) {
      throw new IOException("the sample sends no fragments");
    }
    if (length > 127) {
      throw new IOException("a server must not mask");
    }
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = Math.toIntExact(in.readLong());
    }
    byte[] payload = new byte[length];
    in.readFully(payload);
    return new Frame(first & 0x0f, payload);
  }

  /** The next frame that is not a ping; pings are answered. */
  public Frame readAnsweringPings() throws IOException {
    Frame frame = readFrame();
    while (frame.opcode() == Frame.PING) {
      write(Frames.pong(frame.payload()));
      frame = readFrame();
    }
    return frame;
  }

  /** Fails unless TCP ends, in order or by a reset, with nothing more coming before. */
  public void expectEnd(Duration within) throws IOException {
    patience(within);
    try {
      int next = in.read();
      if (next >= 0) {
        throw new AssertionError("instead of the end there came byte " + next);
      }
    } catch (EOFException | SocketException e) {
      // a reset is an end too
    } catch (SocketTimeoutException e) {
      throw new AssertionError("TCP did not end within " + within, e);
    }
  }

  /** Ends TCP with RST. */
  public void reset() throws IOException {
    socket.setSoLinger(true, 0);
    socket.close();
  }

  /** Sends FIN and reads on. */
  public void finish() throws IOException {
    socket.shutdownOutput();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
