package io.github.upgradehandler.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.room.Audience;
import io.github.upgradehandler.room.Backplane;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Carries what is sent to plain rooms: at most once. What cannot be sent now is dropped and
 * counted.
 */
final class RedisBackplane implements Backplane, Connector.User {

  private static final byte TEXT = 1;
  private static final int HEAD = 2;

  private final Connector connector;
  private final Names names;
  private final Outgoing outgoing;
  private final byte[] node;
  private final Set<Audience> wanted = ConcurrentHashMap.newKeySet();
  private volatile @Nullable Receiver receiver;

  /**
   * Nothing is carried yet.
   *
   * @param node names this process, at most 255 bytes
   */
  RedisBackplane(Connector connector, Names names, Monitor monitor, String node) {
    this.connector = connector;
    this.names = names;
    outgoing = new Outgoing(connector, monitor);
    this.node = node.getBytes(UTF_8);
  }

  @Override
  public void start(Receiver value) {
    if (receiver != null) {
      throw new IllegalStateException("a backplane is for one Rooms");
    }
    receiver = value;
    connector.add(this);
  }

  @Override
  public void publish(Audience channel, PreparedMessage message) {
    byte[] bytes =
        ByteBuffer.allocate(HEAD + node.length + message.length())
            .put((byte) node.length)
            .put(message.isText() ? TEXT : 0)
            .put(node)
            .put(message.payload())
            .array();
    CompletionStage<Long> unused = outgoing.publish(names.channel(channel), bytes);
  }

  @Override
  public void subscribe(Audience channel) {
    wanted.add(channel);
    connector.tell(
        link -> {
          if (wanted.contains(channel)) {
            add(link, channel);
          }
        });
  }

  private void add(Link link, Audience channel) {
    link.subscriptions().add(names.channel(channel), bytes -> received(channel, bytes));
  }

  private void received(Audience channel, byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    int nodeLength = buffer.get() & 0xff;
    boolean text = buffer.get() == TEXT;
    ByteBuffer from = EntryBytes.take(buffer, nodeLength);
    Receiver told = receiver;
    if (told != null && !from.equals(ByteBuffer.wrap(node))) {
      told.receive(channel, EntryBytes.message(text, buffer));
    }
  }

  @Override
  public void unsubscribe(Audience channel) {
    wanted.remove(channel);
    connector.tell(link -> link.subscriptions().remove(names.channel(channel)));
  }

  @Override
  public void away() {}

  @Override
  public void back() {
    connector.tell(link -> wanted.forEach(channel -> add(link, channel)));
  }
}
