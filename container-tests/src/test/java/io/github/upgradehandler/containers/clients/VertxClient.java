package io.github.upgradehandler.containers.clients;

import io.github.upgradehandler.containers.clients.ForeignClient.Met;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import java.net.URI;
import java.util.List;

/** Vert.x. */
final class VertxClient implements ForeignClient.Library {

  @Override
  public Met exchange(URI uri, List<String> messages) throws Exception {
    Exchange exchange = new Exchange(messages);
    Vertx vertx = Vertx.vertx();
    try {
      WebSocketClient client =
          vertx.createWebSocketClient(
              new WebSocketClientOptions().setTryUsePerMessageCompression(true));
      client
          .connect(uri.getPort(), uri.getHost(), uri.getRawPath())
          .onFailure(exchange::failed)
          .onSuccess(
              socket -> {
                socket.textMessageHandler(
                    text -> exchange.received(text, socket::writeTextMessage));
                socket.exceptionHandler(exchange::failed);
                exchange.opened(
                    String.valueOf(socket.headers().get(ForeignClient.EXTENSIONS)),
                    socket::writeTextMessage);
              });
      return exchange.await();
    } finally {
      vertx.close().await();
    }
  }
}
