package io.github.upgradehandler.runner.clients;

import java.io.ByteArrayOutputStream;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Puts a client's messages together from their parts and keeps them for the test to take. */
final class Received implements WebSocket.Listener {

  private static final int LIMIT_SECONDS = 20;

  private final StringBuilder text = new StringBuilder();
  private final ByteArrayOutputStream binary = new ByteArrayOutputStream();

  private final BlockingQueue<String> texts = new LinkedBlockingQueue<>();
  private final BlockingQueue<byte[]> binaries = new LinkedBlockingQueue<>();
  private final BlockingQueue<String> pongs = new LinkedBlockingQueue<>();
  private final CompletableFuture<String> closed = new CompletableFuture<>();

  String nextText() throws InterruptedException {
    return take(texts);
  }

  /** The next text; null if none comes within so many milliseconds. */
  String pollText(int millis) throws InterruptedException {
    return texts.poll(millis, TimeUnit.MILLISECONDS);
  }

  byte[] nextBinary() throws InterruptedException {
    return take(binaries);
  }

  String nextPong() throws InterruptedException {
    return take(pongs);
  }

  /** The code and the reason, with a space between them. */
  String close() throws Exception {
    return close(TimeUnit.SECONDS.toNanos(LIMIT_SECONDS));
  }

  /** As {@link #close()}, with a limit of one's own. */
  String close(long nanos) throws Exception {
    return closed.get(nanos, TimeUnit.NANOSECONDS);
  }

  private static <T> T take(BlockingQueue<T> queue) throws InterruptedException {
    T message = queue.poll(LIMIT_SECONDS, TimeUnit.SECONDS);
    if (message == null) {
      throw new AssertionError("nothing came within " + LIMIT_SECONDS + " s");
    }
    return message;
  }

  @Override
  public CompletionStage<?> onText(WebSocket socket, CharSequence part, boolean last) {
    text.append(part);
    if (last) {
      texts.add(text.toString());
      text.setLength(0);
    }
    socket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onBinary(WebSocket socket, ByteBuffer part, boolean last) {
    byte[] bytes = new byte[part.remaining()];
    part.get(bytes);
    binary.writeBytes(bytes);
    if (last) {
      binaries.add(binary.toByteArray());
      binary.reset();
    }
    socket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onPong(WebSocket socket, ByteBuffer payload) {
    pongs.add(StandardCharsets.UTF_8.decode(payload).toString());
    socket.request(1);
    return null;
  }

  @Override
  public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
    closed.complete(code + " " + reason);
    return null;
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    closed.completeExceptionally(error);
  }
}
