package io.github.upgradehandler.socketio.testing;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Speaks HTTP and WebSocket as a test says, packet by packet. */
public final class TestClient {

  /** What is received when the WebSocket has ended. */
  public static final String CLOSED = "closed";

  private static final int SECONDS = 10;
  private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");

  private final HttpClient http = HttpClient.newHttpClient();
  private final String address;

  /** A client of a server at a path such as {@code /socket.io/}. */
  public TestClient(int port, String path) {
    address = "127.0.0.1:" + port + path;
  }

  /** A request to a query. */
  public HttpRequest.Builder request(String query) {
    return HttpRequest.newBuilder(URI.create("http://" + address + "?" + query));
  }

  public HttpResponse<String> send(HttpRequest.Builder request)
      throws IOException, InterruptedException {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  public CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest.Builder request) {
    return http.sendAsync(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  public HttpResponse<String> get(String query) throws IOException, InterruptedException {
    return send(request(query));
  }

  public HttpResponse<String> post(String query, String body)
      throws IOException, InterruptedException {
    return send(request(query).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  /** Opens a session that polls; gives the query of its requests. */
  public String poll() throws IOException, InterruptedException {
    return "EIO=4&transport=polling&sid=" + sid(get("EIO=4&transport=polling").body());
  }

  /** The id that an answer names. */
  public static String sid(String packet) {
    return value(SID, packet);
  }

  /** A value that an answer names. */
  public static String value(Pattern pattern, String packet) {
    Matcher matcher = pattern.matcher(packet);
    if (!matcher.find()) {
      throw new AssertionError("no " + pattern + " in " + packet);
    }
    return matcher.group(1);
  }

  /** A WebSocket that has got nothing yet. */
  public Received open(String query) {
    Received received = new Received();
    received.socket =
        http.newWebSocketBuilder()
            .buildAsync(URI.create("ws://" + address + "?" + query), received)
            .join();
    return received;
  }

  /** A WebSocket that has joined a namespace; what was received meanwhile is taken. */
  public Received join(String namespace, String auth) throws InterruptedException {
    Received received = open("EIO=4&transport=websocket");
    received.next();
    received.send("40" + (namespace.equals("/") ? "" : namespace + ",") + auth);
    return received;
  }

  /** A WebSocket that is in the main namespace. */
  public Received join() throws InterruptedException {
    Received received = join("/", "");
    String connected = received.next();
    if (!connected.startsWith("40{\"sid\":\"")) {
      throw new AssertionError(connected);
    }
    received.sid = sid(connected);
    return received;
  }

  /** What a WebSocket receives: text as it is, bytes in hex after {@code 0x}. */
  public static final class Received implements WebSocket.Listener {

    private final BlockingQueue<String> messages = new LinkedBlockingQueue<>();
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder bytes = new StringBuilder();
    private WebSocket socket;
    private String sid;
    private volatile String closing = "";

    /** The id in the main namespace. */
    public String sid() {
      return sid;
    }

    public void send(String message) {
      socket.sendText(message, true).join();
    }

    public void send(byte... message) {
      socket.sendBinary(ByteBuffer.wrap(message), true).join();
    }

    /** The code and, if there is one, the reason with which it was closed; empty if it was not. */
    public String closing() {
      return closing;
    }

    /** Ends TCP without a word. */
    public void abort() {
      socket.abort();
    }

    /** What comes next. */
    public String next() throws InterruptedException {
      String message = messages.poll(SECONDS, TimeUnit.SECONDS);
      if (message == null) {
        throw new AssertionError("nothing was received");
      }
      return message;
    }

    /** What comes within a time; null if nothing does. */
    public String next(Duration time) throws InterruptedException {
      return messages.poll(time.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
      text.append(data);
      if (last) {
        messages.add(text.toString());
        text.setLength(0);
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket webSocket, ByteBuffer data, boolean last) {
      byte[] part = new byte[data.remaining()];
      data.get(part);
      bytes.append(HexFormat.of().formatHex(part));
      if (last) {
        messages.add("0x" + bytes);
        bytes.setLength(0);
      }
      webSocket.request(1);
      return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket webSocket, int code, String reason) {
      closing = reason.isEmpty() ? "" + code : code + " " + reason;
      messages.add(CLOSED);
      return null;
    }

    @Override
    public void onError(WebSocket webSocket, Throwable error) {
      messages.add(CLOSED);
    }
  }
}
