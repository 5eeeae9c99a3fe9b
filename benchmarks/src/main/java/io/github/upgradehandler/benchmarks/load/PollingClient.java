package io.github.upgradehandler.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.HdrHistogram.ConcurrentHistogram;
import org.HdrHistogram.Histogram;

/**
 * Sessions of Socket.IO that poll: each posts an event and polls for its acknowledgement. By the
 * JDK's client, with a thread for each; so there is more to do for the client than for the server.
 */
final class PollingClient implements Driver {

  private static final Duration LONGEST = Duration.ofSeconds(10);
  private static final int MOST_ATTEMPTS = 10;
  private static final Pattern SID = Pattern.compile("\"sid\":\"([^\"]+)\"");

  private final Tape tape;
  private final String address;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final List<Session> sessions = new ArrayList<>();
  private final Histogram latencies = new ConcurrentHistogram(TimeUnit.SECONDS.toNanos(60), 3);
  private long done;

  PollingClient(Tape tape, InetSocketAddress server) {
    this.tape = tape;
    address = "http://127.0.0.1:" + server.getPort() + "/socket.io/?EIO=4&transport=polling";
  }

  @Override
  public void start(int connections) {
    for (int i = 0; i < connections; i++) {
      sessions.add(new Session());
    }
    allOf(sessions.stream().map(session -> (Callable<Integer>) session::open).toList());
  }

  @Override
  public void run(long nanos) {
    long end = System.nanoTime() + nanos;
    done +=
        allOf(
            sessions.stream()
                .map(session -> (Callable<Integer>) () -> session.exchangeUntil(end))
                .toList());
  }

  @Override
  public long done() {
    return done;
  }

  @Override
  public Histogram latencies() {
    return latencies;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }

  /** Does all at the same time. */
  private long allOf(List<Callable<Integer>> work) {
    try {
      long sum = 0;
      for (Future<Integer> each : threads.invokeAll(work)) {
        sum += each.get();
      }
      return sum;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LoadException("interrupted", e);
    } catch (ExecutionException e) {
      throw new LoadException("by polling: " + e.getCause(), e);
    }
  }

  /** One of them. */
  private final class Session {

    private String own = "";
    private int next;

    int open() throws IOException, InterruptedException {
      String opening = get(address);
      Matcher sid = SID.matcher(opening);
      if (!sid.find()) {
        throw new LoadException("the server opened with " + opening);
      }
      own = address + "&sid=" + sid.group(1);
      post("40");
      await("40");
      return 1;
    }

    int exchangeUntil(long end) throws IOException, InterruptedException {
      int count = 0;
      while (System.nanoTime() < end) {
        long begin = System.nanoTime();
        post(text(tape.payload(next)));
        await(text(tape.answer(next)));
        latencies.recordValue(System.nanoTime() - begin);
        next++;
        count++;
      }
      return count;
    }

    private void await(String packet) throws IOException, InterruptedException {
      String body = get(own);
      if (!body.startsWith(packet)) {
        throw new LoadException("the server sent " + body);
      }
    }

    private String get(String uri) throws IOException, InterruptedException {
      return send(HttpRequest.newBuilder(URI.create(uri)));
    }

    private void post(String packet) throws IOException, InterruptedException {
      send(
          HttpRequest.newBuilder(URI.create(own))
              .header("Content-Type", "text/plain;charset=UTF-8")
              .POST(BodyPublishers.ofString(packet)));
    }

    private String send(HttpRequest.Builder request) throws IOException, InterruptedException {
      HttpResponse<String> response = answer(request.timeout(LONGEST).build(), MOST_ATTEMPTS);
      if (response.statusCode() != 200) {
        throw new LoadException("the server answered " + response.statusCode());
      }
      return response.body();
    }
  }

  /** Some close a connection after each answer without saying so before: then it is sent anew. */
  private HttpResponse<String> answer(HttpRequest request, int attempts)
      throws IOException, InterruptedException {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException e) {
      if (attempts == 1) {
        throw e;
      }
      return answer(request, attempts - 1);
    }
  }

  private static String text(byte[] ascii) {
    return new String(ascii, StandardCharsets.US_ASCII);
  }
}
