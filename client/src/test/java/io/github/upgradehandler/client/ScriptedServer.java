package io.github.upgradehandler.client;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.upgradehandler.internal.protocol.ParsedOpening;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server that does with each connection what the test says, right or wrong. */
final class ScriptedServer implements AutoCloseable {

  /** What is done with a connection; it is closed afterwards. */
  interface Script {
    void serve(Peer peer) throws IOException;
  }

  private static final Pattern KEY = Pattern.compile("Sec-WebSocket-Key: (.*)\r\n");

  private final ServerSocket listening;
  private final Script script;
  private final Queue<Socket> accepted = new ConcurrentLinkedQueue<>();
  private final Queue<String> heads = new ConcurrentLinkedQueue<>();

  ScriptedServer(Script script) throws IOException {
    this(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), script);
  }

  ScriptedServer(ServerSocket listening, Script script) {
    this.listening = listening;
    this.script = script;
    start(this::acceptAll);
  }

  String uri() {
    return "ws://127.0.0.1:" + port() + "/path?query=1";
  }

  int port() {
    return listening.getLocalPort();
  }

  /** The heads of the requests that came. */
  List<String> heads() {
    return List.copyOf(heads);
  }

  @Override
  public void close() throws IOException {
    listening.close();
    for (Socket socket : accepted) {
      socket.close();
    }
  }

  private void acceptAll() {
    try {
      while (true) {
        Socket socket = listening.accept();
        accepted.add(socket);
        start(() -> serve(socket));
      }
    } catch (IOException e) {
      // The test is over.
    }
  }

  private void serve(Socket socket) {
    try (socket) {
      script.serve(new Peer(socket, heads));
    } catch (IOException e) {
      // The client has gone, which tests look at from its side.
    }
  }

  private static void start(Runnable task) {
    Thread thread = new Thread(task, "scripted-server");
    thread.setDaemon(true);
    thread.start();
  }

  /** The server's end of one connection. */
  static final class Peer {

    private final Socket socket;
    private final Queue<String> heads;
    private String head = "";

    Peer(Socket socket, Queue<String> heads) {
      this.socket = socket;
      this.heads = heads;
    }

    /** Reads a request up to the end of its head. */
    String readHead() throws IOException {
      ByteArrayOutputStream bytes = new ByteArrayOutputStream();
      InputStream in = socket.getInputStream();
      String read = "";
      while (!read.endsWith("\r\n\r\n")) {
        int next = in.read();
        if (next < 0) {
          throw new IOException("ended in the head: " + read);
        }
        bytes.write(next);
        read = bytes.toString(ISO_8859_1);
      }
      head = read;
      heads.add(read);
      return read;
    }

    /** Sends text as it is, but for ACCEPT, which becomes the right answer to the key. */
    void send(String text) throws IOException {
      Matcher key = KEY.matcher(head);
      String accept = key.find() ? ParsedOpening.acceptFor(key.group(1)) : "";
      socket.getOutputStream().write(text.replace("ACCEPT", accept).getBytes(ISO_8859_1));
    }

    void sendHex(String digits) throws IOException {
      socket.getOutputStream().write(HexFormat.of().parseHex(digits.replace(" ", "")));
    }

    /** Opens a WebSocket as it should be, with more headers if any. */
    void accept(String... headers) throws IOException {
      readHead();
      answer(headers);
    }

    /** Answers a request that was read as it should be. */
    void answer(String... headers) throws IOException {
      StringBuilder answer = new StringBuilder();
      answer.append("HTTP/1.1 101 Switching Protocols\r\n");
      answer.append("Upgrade: websocket\r\n");
      answer.append("Connection: Upgrade\r\n");
      answer.append("Sec-WebSocket-Accept: ACCEPT\r\n");
      for (String header : headers) {
        answer.append(header).append("\r\n");
      }
      send(answer.append("\r\n").toString());
    }

    /** Reads so many bytes, as hex. */
    String readHex(int count) throws IOException {
      return HexFormat.of().formatHex(socket.getInputStream().readNBytes(count));
    }

    /** Reads to the end; what came. */
    byte[] readAll() throws IOException {
      return socket.getInputStream().readAllBytes();
    }

    Socket socket() {
      return socket;
    }
  }
}
