package io.github.upgradehandler.containers.clients;

import java.net.URI;
import java.util.List;

/** A client library as its documentation shows it, with compression on and nothing else set. */
public enum ForeignClient {
  NETTY(new NettyClient()),
  VERTX(new VertxClient()),
  ASYNC_HTTP_CLIENT(new AsyncHttpClientClient()),
  REACTOR_NETTY(new ReactorNettyClient());

  /**
   * What a client met.
   *
   * @param extensions the response's {@code Sec-WebSocket-Extensions}
   * @param echoes one for each message, in order
   */
  public record Met(String extensions, List<String> echoes) {}

  /** Connects, sends each message when the one before has come back, and closes. */
  interface Library {
    Met exchange(URI uri, List<String> messages) throws Exception;
  }

  static final String EXTENSIONS = "Sec-WebSocket-Extensions";
  static final int SECONDS = 20;

  private final Library library;

  ForeignClient(Library library) {
    this.library = library;
  }

  /** Sends each message when the one before has come back. */
  public Met exchange(URI uri, List<String> messages) throws Exception {
    return library.exchange(uri, messages);
  }
}
