package io.github.upgradehandler.faults;

import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * A process of its own, since each may have so many descriptors: opens WebSockets with the JDK's
 * client, which answers pings and closes, and waits for the server to close them all.
 */
final class IdleClients {

  private IdleClients() {}

  /**
   * Prints {@code open}, and at the end how many were closed with each code. Then it waits until it
   * is ended, since the client answers a Close frame after it has told the listener.
   *
   * @param args the URI and how many
   */
  public static void main(String[] args) throws Exception {
    HttpClient client = HttpClient.newHttpClient();
    BlockingQueue<Integer> ends = new LinkedBlockingQueue<>();
    int count = Integer.parseInt(args[1]);
    for (int i = 0; i < count; i++) {
      client.newWebSocketBuilder().buildAsync(URI.create(args[0]), new Telling(ends)).join();
    }
    System.out.println("open");
    Map<Integer, Integer> codes = new TreeMap<>();
    for (int i = 0; i < count; i++) {
      codes.merge(ends.take(), 1, Integer::sum);
    }
    System.out.println(codes);
    System.in.transferTo(OutputStream.nullOutputStream());
  }

  private static final class Telling implements WebSocket.Listener {
    private final BlockingQueue<Integer> ends;

    Telling(BlockingQueue<Integer> ends) {
      this.ends = ends;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
      ends.add(code);
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      ends.add(1006);
    }
  }
}
