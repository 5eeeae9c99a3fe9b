package io.github.upgradehandler.runner.clients;

import io.undertow.Handlers;
import io.undertow.Undertow;
import io.undertow.websockets.core.AbstractReceiveListener;
import io.undertow.websockets.core.BufferedBinaryMessage;
import io.undertow.websockets.core.BufferedTextMessage;
import io.undertow.websockets.core.CloseMessage;
import io.undertow.websockets.core.WebSocketChannel;
import io.undertow.websockets.core.WebSockets;
import io.undertow.websockets.extensions.PerMessageDeflateHandshake;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;

/** An echo by Undertow's own WebSocket, without Jakarta's API. */
final class UndertowEcho extends AbstractReceiveListener {

  private final int largest;

  private UndertowEcho(int largest) {
    this.largest = largest;
  }

  static ForeignServer start(int largest) {
    Undertow undertow =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setHandler(
                Handlers.websocket(
                        (exchange, channel) -> {
                          channel.getReceiveSetter().set(new UndertowEcho(largest));
                          channel.resumeReceives();
                        })
                    .addExtension(new PerMessageDeflateHandshake()))
            .build();
    undertow.start();
    InetSocketAddress address = (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
    return new ForeignServer(
        URI.create("ws://127.0.0.1:" + address.getPort() + "/echo"), undertow::stop);
  }

  @Override
  protected long getMaxTextBufferSize() {
    return largest;
  }

  @Override
  protected long getMaxBinaryBufferSize() {
    return largest;
  }

  @Override
  protected void onFullTextMessage(WebSocketChannel channel, BufferedTextMessage message)
      throws IOException {
    String text = message.getData();
    String[] command = text.split(" ", 3);
    switch (command[0]) {
      case "abort" -> channel.close();
      case "close" ->
          WebSockets.sendClose(
              new CloseMessage(Integer.parseInt(command[1]), command[2]), channel, null);
      default -> WebSockets.sendText(text, channel, null);
    }
  }

  @Override
  protected void onFullBinaryMessage(WebSocketChannel channel, BufferedBinaryMessage message) {
    var data = message.getData();
    ByteBuffer copy = WebSockets.mergeBuffers(data.getResource());
    data.close();
    WebSockets.sendBinary(copy, channel, null);
  }
}
