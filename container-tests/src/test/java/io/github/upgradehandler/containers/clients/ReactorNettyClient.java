package io.github.upgradehandler.containers.clients;

import io.github.upgradehandler.containers.clients.ForeignClient.Met;
import java.net.URI;
import java.util.List;
import reactor.core.publisher.Sinks;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.WebsocketClientSpec;

/** Reactor Netty, on which Spring's reactive client stands. */
final class ReactorNettyClient implements ForeignClient.Library {

  @Override
  public Met exchange(URI uri, List<String> messages) throws Exception {
    Exchange exchange = new Exchange(messages);
    HttpClient.create()
        .websocket(WebsocketClientSpec.builder().compress(true).build())
        .uri(uri)
        .handle(
            (in, out) -> {
              Sinks.Many<String> sending = Sinks.many().unicast().onBackpressureBuffer();
              in.aggregateFrames()
                  .receive()
                  .asString()
                  .subscribe(
                      text -> exchange.received(text, sending::tryEmitNext), exchange::failed);
              exchange.opened(in.headers().get(ForeignClient.EXTENSIONS, ""), sending::tryEmitNext);
              return out.sendString(sending.asFlux());
            })
        .subscribe(nothing -> {}, exchange::failed);
    return exchange.await();
  }
}
