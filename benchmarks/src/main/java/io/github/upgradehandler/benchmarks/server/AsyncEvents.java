package io.github.upgradehandler.benchmarks.server;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Event streams as a servlet has them without a library, and as Spring's {@code SseEmitter} writes
 * them: an asynchronous response for each, written and flushed by the thread that sends.
 */
final class AsyncEvents extends HttpServlet {

  private final transient Set<AsyncContext> streams = ConcurrentHashMap.newKeySet();

  private final transient Settings settings;

  AsyncEvents(Settings settings) {
    this.settings = settings;
  }

  @Override
  public void init() {
    settings.everyPace(this::toAll);
  }

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("text/event-stream");
    response.flushBuffer();
    AsyncContext stream = request.startAsync();
    stream.setTimeout(0);
    streams.add(stream);
  }

  private void toAll(String text) {
    byte[] event = ("data: " + text + "\n\n").getBytes(StandardCharsets.UTF_8);
    streams.removeIf(stream -> !isSent(stream, event));
  }

  private static boolean isSent(AsyncContext stream, byte[] event) {
    try {
      ServletOutputStream output = stream.getResponse().getOutputStream();
      output.write(event);
      output.flush();
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
