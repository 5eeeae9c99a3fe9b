package io.github.upgradehandler.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.upgradehandler.room.log.EngineException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The channels of Redis by their own names, to speak with others than this library's rooms. What is
 * subscribed to is subscribed to again when Redis was away; what is published meanwhile is lost.
 *
 * <p>Thread-safe; no method blocks. Receivers are called by a thread of the client library, one
 * after another, which they must not block.
 */
public final class RedisChannels implements AutoCloseable {

  /** Receives what is published. */
  @FunctionalInterface
  public interface Receiver {

    /**
     * Called with each message.
     *
     * @param channel that it was published to
     */
    void receive(String channel, byte[] message);
  }

  private final Connector connector;
  private final Outgoing outgoing;
  private final Set<String> taken;
  private final Runnable back;
  private final Map<String, Receiver> channels = new ConcurrentHashMap<>();
  private final Map<String, Receiver> patterns = new ConcurrentHashMap<>();
  private final Connector.User user = new Again();

  /**
   * Subscribed to nothing yet.
   *
   * @param taken what the connection is subscribed to for any such object
   * @param back run each time that the connection was made anew
   */
  RedisChannels(Connector connector, Monitor monitor, Set<String> taken, Runnable back) {
    this.connector = connector;
    this.taken = taken;
    this.back = back;
    outgoing = new Outgoing(connector, monitor);
    connector.add(user);
  }

  /**
   * Subscribes to a channel.
   *
   * @return completes when what is published from now on comes; exceptionally if Redis is away,
   *     after which it is subscribed to all the same
   * @throws IllegalStateException if this connection is subscribed to it already
   */
  public CompletionStage<Void> subscribe(String channel, Receiver receiver) {
    add(channels, channel, receiver);
    return connector.ask(link -> subscribe(link, channel, receiver));
  }

  /** The same to all channels whose names match a pattern of Redis. */
  public CompletionStage<Void> subscribePattern(String pattern, Receiver receiver) {
    add(patterns, pattern, receiver);
    return connector.ask(link -> subscribePattern(link, pattern, receiver));
  }

  private void add(Map<String, Receiver> all, String name, Receiver receiver) {
    if (!taken.add(name)) {
      throw new IllegalStateException(
          "this connection to Redis is subscribed to '"
              + name
              + "' already: a second needs its own");
    }
    all.put(name, receiver);
  }

  private CompletionStage<Void> subscribe(Link link, String channel, Receiver receiver) {
    return channels.get(channel) == receiver
        ? link.subscriptions().add(bytes(channel), message -> receiver.receive(channel, message))
        : CompletableFuture.completedStage(null);
  }

  private CompletionStage<Void> subscribePattern(Link link, String pattern, Receiver receiver) {
    return patterns.get(pattern) == receiver
        ? link.subscriptions()
            .addPattern(
                bytes(pattern),
                (channel, message) -> receiver.receive(new String(channel, UTF_8), message))
        : CompletableFuture.completedStage(null);
  }

  /**
   * Publishes a message, at most once.
   *
   * @return completes with the number of subscribers that were sent it; exceptionally with an
   *     {@link EngineException} if Redis is away or has not answered, or too much waits for it
   */
  public CompletionStage<Long> publish(String channel, byte[] message) {
    return outgoing.publish(bytes(channel), message);
  }

  /**
   * How many connections are subscribed to a channel by its name.
   *
   * @return completes exceptionally with an {@link EngineException} if Redis is away
   */
  public CompletionStage<Long> subscribers(String channel) {
    return connector.ask(link -> link.subscribers(bytes(channel)));
  }

  /** Ends the subscriptions; the connection is the others'. */
  @Override
  public void close() {
    connector.remove(user);
    List<String> names = List.copyOf(channels.keySet());
    List<String> patternNames = List.copyOf(patterns.keySet());
    channels.clear();
    patterns.clear();
    connector.tell(
        link -> {
          names.forEach(name -> link.subscriptions().remove(bytes(name)));
          patternNames.forEach(name -> link.subscriptions().removePattern(bytes(name)));
        });
    names.forEach(taken::remove);
    patternNames.forEach(taken::remove);
  }

  private static byte[] bytes(String name) {
    return name.getBytes(UTF_8);
  }

  /** Another connection knows of no subscriptions. */
  private final class Again implements Connector.User {

    @Override
    public void away() {}

    @Override
    public void back() {
      connector.tell(
          link -> {
            channels.forEach((channel, receiver) -> subscribe(link, channel, receiver));
            patterns.forEach((pattern, receiver) -> subscribePattern(link, pattern, receiver));
          });
      back.run();
    }
  }
}
