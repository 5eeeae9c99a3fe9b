package io.github.upgradehandler.containers.clients;

import io.github.upgradehandler.containers.clients.ForeignClient.Met;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Future;
import org.asynchttpclient.AsyncHttpClient;
import org.asynchttpclient.Dsl;
import org.asynchttpclient.ws.WebSocket;
import org.asynchttpclient.ws.WebSocketListener;
import org.asynchttpclient.ws.WebSocketUpgradeHandler;

/** AsyncHttpClient. */
final class AsyncHttpClientClient implements ForeignClient.Library {

  @Override
  public Met exchange(URI uri, List<String> messages) throws Exception {
    Exchange exchange = new Exchange(messages);
    try (AsyncHttpClient client =
        Dsl.asyncHttpClient(
            Dsl.config()
                .setEnablewebSocketCompression(true)
                .setAggregateWebSocketFrameFragments(true))) {
      Future<?> unused =
          client
              .prepareGet(uri.toString())
              .execute(
                  new WebSocketUpgradeHandler.Builder()
                      .addWebSocketListener(new Conversation(exchange))
                      .build());
      return exchange.await();
    }
  }

  private static final class Conversation implements WebSocketListener {

    private final Exchange exchange;
    private WebSocket socket;

    Conversation(Exchange exchange) {
      this.exchange = exchange;
    }

    @Override
    public void onOpen(WebSocket opened) {
      socket = opened;
      exchange.opened(opened.getUpgradeHeaders().get(ForeignClient.EXTENSIONS, ""), this::send);
    }

    @Override
    public void onTextFrame(String payload, boolean finalFragment, int rsv) {
      exchange.received(payload, this::send);
    }

    private void send(String text) {
      Future<Void> unused = socket.sendTextFrame(text); // a failure comes to onError
    }

    @Override
    public void onClose(WebSocket closed, int code, String reason) {}

    @Override
    public void onError(Throwable cause) {
      exchange.failed(cause);
    }
  }
}
