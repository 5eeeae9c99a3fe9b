package io.github.upgradehandler.containers.wire;

import static java.net.http.HttpResponse.BodyHandlers.ofString;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A session of Engine.IO 4 that polls, packet by packet. */
public final class SocketIoPolling {

  private static final Duration LIMIT = Duration.ofSeconds(15);
  private static final String SEPARATOR = "\u001e";
  private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");

  private final HttpClient http;
  private final String address;
  private final String opening;
  private final String sid;
  private final Deque<String> packets = new ArrayDeque<>();

  private SocketIoPolling(HttpClient http, String address) throws Exception {
    this.http = http;
    this.address = address;
    opening = http.send(request("").build(), ofString()).body();
    sid = sid(opening);
  }

  /** Begins a session at the address of the servlet, which ends with a slash. */
  public static SocketIoPolling open(HttpClient http, URI address) throws Exception {
    return new SocketIoPolling(http, address.toString());
  }

  /** The id that an opening names. */
  public static String sid(String opening) throws IOException {
    Matcher matcher = SID.matcher(opening);
    if (!matcher.find()) {
      throw new IOException("no sid in " + opening);
    }
    return matcher.group(1);
  }

  /** The answer to the first request. */
  public String opening() {
    return opening;
  }

  /** The address of a WebSocket that is to take the session over. */
  public URI upgrade() {
    return URI.create(address + "?EIO=4&transport=websocket&sid=" + sid);
  }

  private HttpRequest.Builder request(String more) {
    return HttpRequest.newBuilder(URI.create(address + "?EIO=4&transport=polling" + more))
        .timeout(LIMIT);
  }

  /** Posts packets. */
  public void send(String... sent) throws Exception {
    HttpRequest post =
        request("&sid=" + sid)
            .header("Content-Type", "text/plain;charset=UTF-8")
            .POST(BodyPublishers.ofString(String.join(SEPARATOR, sent)))
            .build();
    HttpResponse<String> response = http.send(post, ofString());
    if (response.statusCode() != 200 || !response.body().equals("ok")) {
      throw new IOException(response.statusCode() + " " + response.body());
    }
  }

  /** Begins to poll. */
  public CompletableFuture<HttpResponse<String>> poll() {
    return http.sendAsync(request("&sid=" + sid).build(), ofString());
  }

  /** The next packet, for which it polls where none is here. */
  public String next() throws Exception {
    while (packets.isEmpty()) {
      HttpResponse<String> response = poll().join();
      if (response.statusCode() != 200) {
        throw new IOException(response.statusCode() + " " + response.body());
      }
      packets.addAll(List.of(response.body().split(SEPARATOR)));
    }
    return packets.remove();
  }

  /** The next packet that begins so; passes over others. */
  public String next(String beginning) throws Exception {
    String packet = next();
    while (!packet.startsWith(beginning)) {
      packet = next();
    }
    return packet;
  }
}
