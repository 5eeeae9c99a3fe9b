package io.github.upgradehandler.runner;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.WebSocket;
import java.net.http.WebSocketHandshakeException;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** The JDK's client for HTTP and WebSocket, which trusts every certificate of the right name. */
final class Peer implements WebSocket.Listener {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().sslContext(trusting()).connectTimeout(Duration.ofSeconds(10)).build();

  final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

  /** The status with which the server closed, or the failure by which the connection ended. */
  final CompletableFuture<Integer> closed = new CompletableFuture<>();

  // A client that does not answer a close keeps the server waiting.
  private final boolean answersClose;
  private WebSocket socket;

  private Peer(boolean answersClose) {
    this.answersClose = answersClose;
  }

  static String get(URI uri) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build();
    HttpResponse<String> response = CLIENT.send(request, BodyHandlers.ofString());
    return response.statusCode() + " " + response.body();
  }

  static Peer connect(URI uri) throws Exception {
    return connect(uri, new Peer(true));
  }

  static Peer connectWithoutAnsweringClose(URI uri) throws Exception {
    return connect(uri, new Peer(false));
  }

  private static Peer connect(URI uri, Peer peer) throws Exception {
    peer.socket =
        CLIENT.newWebSocketBuilder().buildAsync(webSocket(uri), peer).get(10, TimeUnit.SECONDS);
    return peer;
  }

  /** The status of the answer to a handshake that is not accepted. */
  static int refusal(URI uri) throws Exception {
    try {
      connect(uri);
      return 101;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof WebSocketHandshakeException refused) {
        return refused.getResponse().statusCode();
      }
      throw e;
    }
  }

  String echo(String text) throws Exception {
    socket.sendText(text, true).get(10, TimeUnit.SECONDS);
    return texts.poll(10, TimeUnit.SECONDS);
  }

  @Override
  public CompletionStage<?> onText(WebSocket webSocket, CharSequence data, boolean last) {
    texts.add(data.toString());
    webSocket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket webSocket, int statusCode, String reason) {
    closed.complete(statusCode);
    return answersClose ? null : new CompletableFuture<>();
  }

  @Override
  public void onError(WebSocket webSocket, Throwable failure) {
    closed.completeExceptionally(failure);
  }

  private static URI webSocket(URI uri) {
    return URI.create(uri.toString().replaceFirst("^http", "ws"));
  }

  private static SSLContext trusting() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Trusting()}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Trusting implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}
