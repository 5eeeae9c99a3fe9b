package io.github.upgradehandler.containers.suite;

import static java.net.http.HttpResponse.BodyHandlers.discarding;
import static java.net.http.HttpResponse.BodyHandlers.ofLines;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.util.Iterator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Server-sent events, with the JDK's own client. */
public interface EventStreams extends Suite {

  @Test
  default void an_event_stream_and_what_was_missed_of_it() throws Exception {
    HttpClient client = Pages.BROWSER;
    HttpRequest.Builder stream = HttpRequest.newBuilder(container().uri("notifications/events"));
    String last;
    try (Stream<String> lines = client.send(stream.build(), ofLines()).body()) {
      Iterator<String> next = lines.iterator();
      assertThat(field(next, "retry:")).isEqualTo("2000");
      notify(client, "first");
      assertThat(field(next, "data:")).contains("first");
      notify(client, "second");
      last = field(next, "id:");
      assertThat(field(next, "data:")).contains("second");
    }
    notify(client, "missed");
    HttpRequest back = stream.header("Last-Event-ID", last).build();
    try (Stream<String> lines = client.send(back, ofLines()).body()) {
      Iterator<String> next = lines.iterator();
      assertThat(field(next, "data:")).contains("missed");
      notify(client, "live");
      assertThat(field(next, "data:")).contains("live");
    }
  }

  private void notify(HttpClient client, String text) throws Exception {
    URI list = container().uri("notifications/list");
    HttpRequest post =
        HttpRequest.newBuilder(list).POST(HttpRequest.BodyPublishers.ofString(text)).build();
    assertThat(client.send(post, discarding()).statusCode()).isEqualTo(204);
  }

  /** The value of the next line that begins so. */
  private static String field(Iterator<String> lines, String name) {
    while (lines.hasNext()) {
      String line = lines.next();
      if (line.startsWith(name)) {
        return line.substring(name.length());
      }
    }
    throw new AssertionError("the stream ended before " + name);
  }
}
