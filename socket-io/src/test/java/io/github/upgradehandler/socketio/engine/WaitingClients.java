package io.github.upgradehandler.socketio.engine;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.upgradehandler.socketio.testing.TestClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process with clients that poll, since one process may not have the files for both ends of so
 * many connections. Each opens a session and polls; then each waits for its answer.
 */
final class WaitingClients {

  /** Printed when all wait. */
  static final String WAITING = "waiting";

  private static final String POLLING = "EIO=4&transport=polling";
  private static final Pattern WHOLE =
      Pattern.compile("(?is).*\r\ncontent-length: *(\\d+)\r\n(?:.*?\r\n)?\r\n(.*)");

  private final ByteBuffer buffer = ByteBuffer.allocate(4096);
  private final List<SocketChannel> clients = new ArrayList<>();

  private WaitingClients() {}

  /** Prints {@link #WAITING}, and then what each has got, a line for each. */
  public static void main(String[] args) throws IOException {
    WaitingClients waiting = new WaitingClients();
    for (int i = Integer.parseInt(args[1]); i > 0; i--) {
      waiting.poll(Integer.parseInt(args[0]));
    }
    System.out.println(WAITING);
    for (SocketChannel client : waiting.clients) {
      System.out.println(waiting.answer(client));
    }
  }

  private void poll(int port) throws IOException {
    SocketChannel client =
        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
    clients.add(client);
    send(client, POLLING);
    send(client, POLLING + "&sid=" + TestClient.sid(answer(client)));
  }

  private static void send(SocketChannel client, String query) throws IOException {
    String request = "GET /engine.io/?" + query + " HTTP/1.1\r\nHost: localhost\r\n\r\n";
    ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(ISO_8859_1));
    while (bytes.hasRemaining()) {
      client.write(bytes);
    }
  }

  /** The body of an answer. */
  private String answer(SocketChannel client) throws IOException {
    StringBuilder answer = new StringBuilder();
    for (Matcher whole = WHOLE.matcher(answer); ; whole.reset()) {
      if (whole.matches() && whole.group(2).length() == Integer.parseInt(whole.group(1))) {
        return whole.group(2);
      }
      buffer.clear();
      if (client.read(buffer) < 0) {
        throw new IOException("the connection has ended after " + answer);
      }
      buffer.flip();
      answer.append(ISO_8859_1.decode(buffer));
    }
  }
}
