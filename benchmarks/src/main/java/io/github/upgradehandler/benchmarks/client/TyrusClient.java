package io.github.upgradehandler.benchmarks.client;

import jakarta.websocket.ClientEndpointConfig;
import jakarta.websocket.CloseReason;
import jakarta.websocket.DeploymentException;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import org.glassfish.tyrus.client.ClientManager;
import org.glassfish.tyrus.client.ClientProperties;

/** Tyrus on Grizzly, whose threads all connections share where they are told to. */
final class TyrusClient implements Client {

  private static final int LARGEST_MESSAGE = 2 << 20;

  private final ClientManager manager = ClientManager.createClient();

  TyrusClient() {
    manager.setDefaultMaxBinaryMessageBufferSize(LARGEST_MESSAGE);
    manager.getProperties().put(ClientProperties.SHARED_CONTAINER, true);
    manager.getProperties().put("org.glassfish.tyrus.incomingBufferSize", 2 * LARGEST_MESSAGE);
  }

  @Override
  @SuppressWarnings("FutureReturnValueIgnored") // one that does not open is missed by Exchange
  public void connect(URI server, Listener listener) {
    try {
      manager.asyncConnectToServer(
          new Messages(listener), ClientEndpointConfig.Builder.create().build(), server);
    } catch (DeploymentException e) {
      Failures.end(e);
    }
  }

  private static final class Messages extends Endpoint {

    private final Listener listener;

    private Messages(Listener listener) {
      this.listener = listener;
    }

    @Override
    public void onOpen(Session session, EndpointConfig config) {
      Open open = new Open(session);
      // No lambdas: the type of the message is read from the class.
      session.addMessageHandler(
          new MessageHandler.Whole<String>() {
            @Override
            public void onMessage(String text) {
              listener.received(open);
            }
          });
      session.addMessageHandler(
          new MessageHandler.Whole<ByteBuffer>() {
            @Override
            public void onMessage(ByteBuffer payload) {
              listener.received(open);
            }
          });
      listener.opened(open);
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
      listener.closed();
    }

    @Override
    public void onError(Session session, Throwable failure) {
      Failures.end(failure);
    }
  }

  private record Open(Session session) implements Connection {

    @Override
    public void send(String text) {
      session.getAsyncRemote().sendText(text, result -> {});
    }

    @Override
    public void send(byte[] bytes) {
      session.getAsyncRemote().sendBinary(ByteBuffer.wrap(bytes), result -> {});
    }

    @Override
    public void close() {
      try {
        session.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
