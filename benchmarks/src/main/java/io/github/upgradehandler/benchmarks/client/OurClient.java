package io.github.upgradehandler.benchmarks.client;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.client.ClientConfig;
import io.github.upgradehandler.client.ClientRequest;
import io.github.upgradehandler.client.HandlerThreads;
import io.github.upgradehandler.client.WebSocketClient;
import java.net.URI;
import java.nio.ByteBuffer;

/** This project's, whose handlers are called by the thread that reads, as Netty's are. */
final class OurClient implements Client {

  private static final int LARGEST_MESSAGE = 2 << 20;

  private final WebSocketClient client =
      WebSocketClient.create(
          ClientConfig.builder()
              .handlerThreads(HandlerThreads.IO)
              .webSocket(
                  WebSocketConfig.builder()
                      .maxMessageBytes(LARGEST_MESSAGE)
                      .outboundLimitBytes(2 * LARGEST_MESSAGE)
                      .compression(false)
                      .build())
              .build());

  @Override
  public void connect(URI server, Listener listener) {
    Failures.watch(client.connect(ClientRequest.to(server.toString()), new Handler(listener)));
  }

  private record Handler(Listener listener) implements WebSocketHandler {

    @Override
    public void onOpen(WebSocket socket) {
      listener.opened(new Open(socket));
    }

    @Override
    public void onText(WebSocket socket, String text) {
      listener.received(new Open(socket));
    }

    @Override
    public void onBinary(WebSocket socket, ByteBuffer payload) {
      listener.received(new Open(socket));
    }

    @Override
    public void onClose(WebSocket socket, CloseEvent event) {
      listener.closed();
    }
  }

  private record Open(WebSocket socket) implements Connection {

    @Override
    public void send(String text) {
      socket.sendText(text);
    }

    @Override
    public void send(byte[] bytes) {
      socket.sendBinary(ByteBuffer.wrap(bytes));
    }

    @Override
    public void close() {
      socket.close();
    }
  }
}
