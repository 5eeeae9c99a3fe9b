package io.github.upgradehandler.client.internal;

import io.github.upgradehandler.client.ClientConfig;
import io.github.upgradehandler.client.ClientRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.nio.channels.SelectionKey;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One connection that is being made: the name's look-up, TCP, TLS, and the opening handshake. What
 * is not private is called by any thread, the rest runs on the loop's.
 */
final class Opening implements Port.Listener, Connector.Result {

  private final ClientResources resources;
  private final ClientConfig config;
  private final Destination to;
  private final UpgradeRequest upgrade;
  private final IoLoop loop;
  private final CompletableFuture<Opened> result = new CompletableFuture<>();

  // Confined to the loop's thread.
  private @Nullable Route route;
  private @Nullable Connector connector;
  private @Nullable Port port;
  private @Nullable ByteStream stream;
  private final Queue<Step> steps = new ArrayDeque<>(); // the first is under way
  private @Nullable Future<?> deadline;

  /** What was made; the port tells nobody yet. */
  record Opened(
      Port port,
      ByteStream stream,
      UpgradeRequest request,
      Destination to,
      HeadExchange exchange) {}

  Opening(ClientResources resources, ClientConfig config, ClientRequest request) {
    this.resources = resources;
    this.config = config;
    this.to = Destination.of(request.uri());
    this.upgrade = UpgradeRequest.of(request, to, resources.offer(), resources.random());
    this.loop = resources.nextLoop();
  }

  /** Begins; the stage completes on the loop's thread. */
  CompletionStage<Opened> start() {
    loop.execute(
        () ->
            within(
                config.connectTimeout(),
                "no connection to " + to.authority() + " within %d ms (connectTimeout)"));
    resources.blocking().execute(this::resolve);
    return result;
  }

  /** Gives up, if it is not made yet. */
  void abort(IOException cause) {
    loop.execute(() -> failed(cause));
  }

  private void resolve() {
    try {
      Route route = Route.choose(config, to);
      List<InetSocketAddress> addresses =
          Connector.inTurn(InetAddress.getAllByName(route.host()), route.port());
      loop.execute(() -> connect(route, addresses));
    } catch (IOException | RuntimeException e) {
      abort(e instanceof IOException io ? io : new IOException("the look-up of " + to.host(), e));
    }
  }

  private void connect(Route chosen, List<InetSocketAddress> addresses) {
    if (!result.isDone()) {
      route = chosen;
      connector = new Connector(loop, resources.timer(), addresses, this);
      connector.tryNext();
    }
  }

  @Override
  public void connected(Port connected) {
    connector = null;
    port = connected;
    connected.tell(this);
    PlainStream plain = new PlainStream(connected);
    stream = plain;
    try {
      if (route != null) {
        route.step(plain, to, config.maxHeadBytes()).ifPresent(steps::add);
      }
      if (to.secure()) {
        TlsStream tls = new TlsStream(connected, plain, resources.engine(to));
        stream = tls;
        steps.add(new TlsStep(tls));
      }
      advance();
    } catch (IOException | RuntimeException e) {
      failed(e);
    }
  }

  @Override
  public void failed(IOException cause) {
    failed((Exception) cause);
  }

  @Override
  public void ready(int operations) {
    advance();
  }

  private void advance() {
    if (result.isDone() || port == null) {
      return;
    }
    try {
      Step current = steps.isEmpty() ? upgrading() : steps.element();
      Progress progress = current.advance();
      while (progress == Progress.DONE && !(current instanceof UpgradeStep)) {
        steps.remove();
        current = steps.isEmpty() ? upgrading() : steps.element();
        progress = current.advance();
      }
      goOn(current, progress, port);
    } catch (IOException | RuntimeException e) {
      failed(e);
    }
  }

  private void goOn(Step current, Progress progress, Port at) {
    switch (progress) {
      case NEEDS_INPUT -> at.want(SelectionKey.OP_READ);
      case NEEDS_OUTPUT -> at.want(SelectionKey.OP_WRITE);
      case NEEDS_WORK -> resources.blocking().execute(() -> work(current));
      case DONE -> succeed((UpgradeStep) current);
    }
  }

  private void work(Step current) {
    try {
      current.work();
      loop.execute(this::advance);
    } catch (IOException | RuntimeException e) {
      loop.execute(() -> failed(e));
    }
  }

  /** The last step, which begins now. */
  private Step upgrading() {
    within(
        config.handshakeTimeout(),
        to.authority() + " has not answered the opening handshake within %d ms (handshakeTimeout)");
    Step last =
        new UpgradeStep(
            new HeadExchange(
                "server", Objects.requireNonNull(stream), upgrade.head(), config.maxHeadBytes()));
    steps.add(last);
    return last;
  }

  private void succeed(UpgradeStep done) {
    cancelDeadline();
    if (port != null && stream != null) {
      Opened opened = new Opened(port, stream, upgrade, to, done.exchange());
      if (!result.complete(opened)) {
        stream.close();
      }
    }
  }

  private void failed(Exception cause) {
    cancelDeadline();
    if (!result.completeExceptionally(cause)) {
      return;
    }
    if (connector != null) {
      connector.cancel();
    }
    if (stream != null) {
      stream.close();
    }
  }

  private void within(Duration longest, String message) {
    cancelDeadline();
    Runnable expire =
        () -> abort(new SocketTimeoutException(String.format(message, longest.toMillis())));
    deadline = resources.timer().schedule(expire, longest.toNanos(), TimeUnit.NANOSECONDS);
  }

  private void cancelDeadline() {
    if (deadline != null) {
      deadline.cancel(false);
    }
  }
}
