package io.github.upgradehandler.benchmarks.server;

import jakarta.websocket.CloseReason;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.Extension;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerApplicationConfig;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The endpoints for whoever speaks Jakarta WebSocket. */
public final class JakartaEndpoints implements ServerApplicationConfig {

  private static final Set<Session> SESSIONS = ConcurrentHashMap.newKeySet();

  // The implementations make the endpoints, so this is all they can be told.
  private static volatile Settings settings = Settings.plain(Implementation.NATIVE);
  private static volatile Sending sending = Sending.ASYNC;

  /** For the implementations. */
  public JakartaEndpoints() {}

  static void prepare(Settings settings, Sending sending) {
    JakartaEndpoints.settings = settings;
    JakartaEndpoints.sending = sending;
    settings.everyPing(() -> SESSIONS.forEach(JakartaEndpoints::ping));
    settings.everyPace(JakartaEndpoints::toAll);
  }

  /** What a container would have found by scanning; Tyrus wants to remove from it. */
  static Set<Class<?>> scanned() {
    return new HashSet<>(Set.of(JakartaEndpoints.class));
  }

  static Set<ServerEndpointConfig> endpoints(List<Extension> extensions) {
    return new HashSet<>(
        Set.of(
            ServerEndpointConfig.Builder.create(Echo.class, "/echo").extensions(extensions).build(),
            ServerEndpointConfig.Builder.create(Broadcast.class, "/broadcast")
                .extensions(extensions)
                .build(),
            ServerEndpointConfig.Builder.create(Broadcast.class, "/timer")
                .extensions(extensions)
                .build()));
  }

  @Override
  public Set<ServerEndpointConfig> getEndpointConfigs(Set<Class<? extends Endpoint>> scanned) {
    return endpoints(List.of());
  }

  @Override
  public Set<Class<?>> getAnnotatedEndpointClasses(Set<Class<?>> scanned) {
    return Set.of();
  }

  private static void ping(Session session) {
    try {
      session.getAsyncRemote().sendPing(ByteBuffer.allocate(8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void toAll(String text) {
    Sending how = sending;
    try {
      for (Session each : SESSIONS) {
        how.send(each, text);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void bound(Session session) {
    int maxMessageBytes = settings.maxMessageBytes();
    if (maxMessageBytes > 0) {
      session.setMaxTextMessageBufferSize(maxMessageBytes);
      session.setMaxBinaryMessageBufferSize(maxMessageBytes);
    }
  }

  /** What went wrong is told to the process that started the server. */
  private abstract static class ErrorTelling extends Endpoint {
    @Override
    public void onError(Session session, Throwable error) {
      error.printStackTrace();
    }
  }

  /** Sends every message back as it came. */
  public static final class Echo extends ErrorTelling {

    /** For the implementations. */
    public Echo() {}

    @Override
    public void onOpen(Session session, EndpointConfig config) {
      bound(session);
      Sending how = sending;
      // No lambdas: the type of the message is read from the class.
      session.addMessageHandler(
          new MessageHandler.Whole<String>() {
            @Override
            public void onMessage(String text) {
              try {
                how.send(session, text);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
          });
      session.addMessageHandler(
          new MessageHandler.Whole<ByteBuffer>() {
            @Override
            public void onMessage(ByteBuffer payload) {
              try {
                how.send(session, payload);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            }
          });
    }
  }

  /** Sends every message to all. */
  public static final class Broadcast extends ErrorTelling {

    /** For the implementations. */
    public Broadcast() {}

    @Override
    public void onOpen(Session session, EndpointConfig config) {
      bound(session);
      SESSIONS.add(session);
      session.addMessageHandler(
          new MessageHandler.Whole<String>() {
            @Override
            public void onMessage(String text) {
              toAll(text);
            }
          });
    }

    @Override
    public void onClose(Session session, CloseReason reason) {
      SESSIONS.remove(session);
    }
  }
}
