package io.github.upgradehandler.socketio.internal.engine;

import io.github.upgradehandler.socketio.DisconnectReason;
import io.github.upgradehandler.socketio.SocketIoConfig;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The requests of sessions that poll. */
final class Polling {

  /** So many packets may wait for a listener before a POST is answered later. */
  private static final int MOST_WAITING = 64;

  private final SocketIoConfig config;
  private final EngineWork work;

  Polling(SocketIoConfig config, EngineWork work) {
    this.config = config;
    this.work = work;
  }

  /** Answers the first request of a session. */
  void open(Exchange exchange, EngineSession session) throws IOException {
    String cookie = config.cookie();
    if (cookie != null) {
      exchange
          .response()
          .addHeader(
              "Set-Cookie", cookie + "=" + session.id() + "; Path=/; HttpOnly; SameSite=Lax");
    }
    List<EnginePacket> packets = List.of(session.openPacket(true));
    byte[] payload = exchange.payload(packets, session.protocol(), session.isBase64());
    exchange.packets(payload, packets, session.protocol(), session.isBase64(), config);
  }

  /** Answers a request that names its session. */
  void service(Exchange exchange, EngineSession session) throws IOException {
    switch (exchange.request().getMethod()) {
      case "GET" -> poll(exchange, session);
      case "POST" -> post(exchange, session);
      default -> exchange.status(HttpServletResponse.SC_INTERNAL_SERVER_ERROR);
    }
  }

  private void poll(Exchange exchange, EngineSession session) throws IOException {
    session.isOver(); // the timer may be late
    Poll poll =
        new Poll(
            exchange,
            session.protocol(),
            session.isBase64(),
            config,
            () -> session.close(DisconnectReason.TRANSPORT_ERROR, Ending.AT_ONCE));
    switch (session.output().poll(poll)) {
      case TAKEN -> {}
      case UNKNOWN -> exchange.refuse(EngineError.UNKNOWN_SESSION);
      case REFUSED, OVERLAP -> exchange.refuse(EngineError.BAD_REQUEST);
    }
  }

  private void post(Exchange exchange, EngineSession session) throws IOException {
    if (session.isOver()) {
      exchange.refuse(EngineError.UNKNOWN_SESSION);
      return;
    }
    if (!session.output().isPolling()) {
      exchange.refuse(EngineError.BAD_REQUEST);
      return;
    }
    if (!session.beginPost()) {
      session.close(DisconnectReason.TRANSPORT_ERROR, Ending.AT_ONCE);
      exchange.refuse(EngineError.BAD_REQUEST);
      return;
    }
    boolean taken;
    try {
      taken = receive(exchange, session);
    } catch (IOException e) { // the client is gone, or sends too slowly
      session.close(DisconnectReason.TRANSPORT_ERROR, Ending.AT_ONCE);
      throw e;
    } finally {
      session.endPost();
    }
    if (taken) {
      confirm(exchange, session);
    }
  }

  /** Whether the packets are taken; else it is answered. */
  private boolean receive(Exchange exchange, EngineSession session) throws IOException {
    boolean binary = isBinary(exchange);
    if (binary && session.protocol() == EngineProtocol.V4) {
      session.close(DisconnectReason.TRANSPORT_ERROR, Ending.AT_ONCE);
      exchange.refuse(EngineError.BAD_REQUEST);
      return false;
    }
    byte[] body = body(exchange);
    if (body == null) { // the client decides whether it goes on, as with Engine.IO for Node.js
      exchange.response().setHeader("Connection", "close");
      exchange.status(HttpServletResponse.SC_REQUEST_ENTITY_TOO_LARGE);
      return false;
    }
    try {
      Iterator<EnginePacket> packets =
          binary
              ? new BinaryPayloadV3(body)
              : session.protocol().decodePayload(BinaryPayloadV3.utf8(body));
      while (packets.hasNext()) {
        EnginePacket packet = packets.next();
        session.inbox().here(() -> session.receive(packet), work.configured());
      }
      return true;
    } catch (MalformedPacketException e) {
      session.malformed();
      exchange.refuse(EngineError.BAD_REQUEST);
      return false;
    }
  }

  /** At once, or when the application has come that far: the client then posts no more. */
  private static void confirm(Exchange exchange, EngineSession session) throws IOException {
    if (session.inbox().size() <= MOST_WAITING) {
      exchange.ok();
      return;
    }
    AsyncContext async = exchange.request().startAsync();
    async.setTimeout(0);
    session
        .inbox()
        .aside(
            () -> {
              try {
                exchange.ok();
              } catch (IOException e) {
                session.close(DisconnectReason.TRANSPORT_ERROR, Ending.AT_ONCE);
              }
              async.complete();
            });
  }

  private static boolean isBinary(Exchange exchange) {
    String type = exchange.request().getContentType();
    return type != null && type.startsWith("application/octet-stream");
  }

  /** The body; null if it is too large. */
  private byte @Nullable [] body(Exchange exchange) throws IOException {
    int most = config.maxHttpBufferSize();
    if (exchange.request().getContentLengthLong() > most) {
      return null;
    }
    InputStream in = exchange.request().getInputStream();
    byte[] body = in.readNBytes(most);
    return body.length == most && in.read() >= 0 ? null : body;
  }
}
