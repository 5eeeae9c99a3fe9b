package io.github.upgradehandler.socketio.redis;

import static java.lang.System.Logger.Level.WARNING;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.upgradehandler.redis.RedisChannels;
import io.github.upgradehandler.socketio.internal.msgpack.Msgpack;
import java.io.IOException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;

/** Publishes JSON and MessagePack, and says when that begins to fail. Thread-safe. */
final class Wire {

  static final System.Logger LOG = System.getLogger("io.github.upgradehandler.socketio.redis");

  private final RedisChannels channels;
  private final AtomicBoolean failing = new AtomicBoolean();

  Wire(RedisChannels channels) {
    this.channels = channels;
  }

  /** As JSON, unless there are bytes in it. */
  CompletionStage<Long> send(String channel, JsonNode message) {
    return hasBytes(message) ? sendPacked(channel, message) : send(channel, Json.write(message));
  }

  CompletionStage<Long> sendPacked(String channel, JsonNode message) {
    return send(channel, Msgpack.write(message));
  }

  private CompletionStage<Long> send(String channel, byte[] message) {
    return channels
        .publish(channel, message)
        .whenComplete(
            (receivers, error) -> {
              if (error == null) {
                failing.set(false);
              } else if (!failing.getAndSet(true)) {
                LOG.log(
                    WARNING,
                    "other nodes are not told: "
                        + Errors.message(error)
                        + "; the next like it is"
                        + " counted alone");
              }
            });
  }

  /**
   * Reads either.
   *
   * @throws IOException if it is neither
   */
  static JsonNode read(byte[] message) throws IOException {
    return message.length > 0 && message[0] == '{' ? Json.read(message) : Msgpack.read(message);
  }

  private static boolean hasBytes(JsonNode node) {
    if (node.isBinary()) {
      return true;
    }
    for (JsonNode child : node) {
      if (hasBytes(child)) {
        return true;
      }
    }
    return false;
  }
}
