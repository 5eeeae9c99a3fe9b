package io.github.upgradehandler.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.java_websocket.WebSocket;
import org.java_websocket.drafts.Draft_6455;
import org.java_websocket.extensions.permessage_deflate.PerMessageDeflateExtension;
import org.java_websocket.handshake.ClientHandshake;
import org.java_websocket.protocols.Protocol;
import org.java_websocket.server.DefaultSSLWebSocketServerFactory;
import org.java_websocket.server.WebSocketServer;

/** An echo by another implementation, which agrees to permessage-deflate and to "echo". */
final class EchoPeer extends WebSocketServer implements AutoCloseable {

  private final CountDownLatch started = new CountDownLatch(1);

  private EchoPeer() {
    super(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
        1,
        List.of(
            new Draft_6455(
                List.of(new PerMessageDeflateExtension()),
                List.of(new Protocol("echo"), new Protocol("")))));
    setReuseAddr(true);
    setDaemon(true);
  }

  static EchoPeer plain() throws InterruptedException {
    return new EchoPeer().started();
  }

  static EchoPeer secure(SSLContext tls) throws InterruptedException {
    EchoPeer server = new EchoPeer();
    server.setWebSocketFactory(new DefaultSSLWebSocketServerFactory(tls));
    return server.started();
  }

  private EchoPeer started() throws InterruptedException {
    start();
    if (!started.await(10, TimeUnit.SECONDS)) {
      throw new AssertionError("the server does not start");
    }
    return this;
  }

  @Override
  public void close() throws InterruptedException {
    stop(1000);
  }

  @Override
  public void onStart() {
    started.countDown();
  }

  @Override
  public void onOpen(WebSocket peer, ClientHandshake handshake) {}

  @Override
  public void onMessage(WebSocket peer, String message) {
    peer.send(message);
  }

  @Override
  public void onMessage(WebSocket peer, ByteBuffer message) {
    peer.send(message);
  }

  @Override
  public void onClose(WebSocket peer, int code, String reason, boolean remote) {}

  @Override
  public void onError(WebSocket peer, Exception failure) {}
}
