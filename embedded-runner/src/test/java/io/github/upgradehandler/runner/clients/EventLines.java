package io.github.upgradehandler.runner.clients;

import static java.net.http.HttpResponse.BodyHandlers.discarding;
import static java.net.http.HttpResponse.BodyHandlers.ofLines;

import java.net.CookieManager;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.Iterator;
import java.util.stream.Stream;

/** The sample's event stream through a proxy, line by line as it comes. */
final class EventLines implements AutoCloseable {

  private final Proxy proxy;

  /** Keeps the proxy's cookie, so that what it sends comes to the same server. */
  private final HttpClient client =
      HttpClient.newBuilder().cookieHandler(new CookieManager()).build();

  private final Stream<String> body;
  private final Iterator<String> lines;

  EventLines(Proxy proxy) throws Exception {
    this.proxy = proxy;
    HttpRequest request = HttpRequest.newBuilder(proxy.http("/notifications/events")).build();
    body = client.send(request, ofLines()).body();
    lines = body.iterator();
  }

  /** Has the sample send an event; the status of its response. */
  int notify(String text) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(proxy.http("/notifications/list"))
            .POST(BodyPublishers.ofString(text))
            .build();
    return client.send(request, discarding()).statusCode();
  }

  /** Waits for the next line that begins so. */
  String next(String beginning) {
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.startsWith(beginning)) {
        return line;
      }
    }
    throw new AssertionError("the stream ended before a line with " + beginning);
  }

  @Override
  public void close() {
    body.close();
  }
}
