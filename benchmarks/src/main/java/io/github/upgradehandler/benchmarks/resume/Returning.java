package io.github.upgradehandler.benchmarks.resume;

import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.benchmarks.load.LoadException;
import io.github.upgradehandler.client.ClientRequest;
import io.github.upgradehandler.client.WebSocketClient;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** A client that knows up to where it has heard a room, and goes on from there. */
abstract class Returning implements WebSocketHandler {

  /** The room of all that come back. */
  static final String LOBBY = "lobby";

  /** A room of somebody else. */
  static final String OTHERS = "others";

  private final WebSocketClient client;
  private final InetSocketAddress server;
  private volatile @Nullable WebSocket socket;
  private volatile String failure = "";
  private volatile boolean joined;
  private volatile int heard;

  Returning(WebSocketClient client, InetSocketAddress server) {
    this.client = client;
    this.server = server;
  }

  /** Path and query; where it goes on from may be a part of them. */
  abstract String path();

  /** Sends a text to its room. */
  abstract void send(String text);

  /** Begins to connect. */
  void connect() {
    joined = false;
    URI uri = URI.create("ws://127.0.0.1:" + server.getPort() + path());
    CompletionStage<?> unused =
        client
            .connect(ClientRequest.to(uri), this)
            .exceptionally(
                e -> {
                  failed("cannot connect: " + e);
                  return null;
                });
  }

  @Override
  public void onOpen(WebSocket opened) {
    socket = opened;
  }

  /** Breaks the connection. */
  void abort() {
    socket().abort();
  }

  /** Whether it is a member. */
  boolean hasJoined() {
    check();
    return joined;
  }

  /** How many messages to its room have come. */
  int heard() {
    check();
    return heard;
  }

  private void check() {
    if (!failure.isEmpty()) {
      throw new LoadException(failure);
    }
  }

  /** Tells the one who measures. */
  void failed(String why) {
    failure = why;
  }

  void joined() {
    joined = true;
  }

  void hears() {
    int before = heard; // written by one thread at a time
    heard = before + 1;
  }

  WebSocket socket() {
    WebSocket current = socket;
    if (current == null) {
      throw new IllegalStateException("not connected");
    }
    return current;
  }
}
