package io.github.upgradehandler.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.upgradehandler.room.presence.Part;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a node has in a room, as it stands in a hash and is pushed: version of this format,
 * connections without a user, users; for each the connections, the length of the name, the name.
 */
final class PartBytes {

  private static final byte VERSION = 1;
  private static final int HEAD = 1 + 2 * Integer.BYTES;

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record User(byte[] name, int connections) {}

  private PartBytes() {}

  /** Empty for a part without connections. */
  static byte[] encode(Part part) {
    if (part.connections() == 0) {
      return new byte[0];
    }
    List<User> users =
        part.users().entrySet().stream()
            .map(user -> new User(user.getKey().getBytes(UTF_8), user.getValue()))
            .toList();
    int names = users.stream().mapToInt(user -> user.name.length).sum();
    ByteBuffer bytes =
        ByteBuffer.allocate(HEAD + names + 2 * Integer.BYTES * users.size())
            .put(VERSION)
            .putInt(part.others())
            .putInt(users.size());
    users.forEach(user -> bytes.putInt(user.connections).putInt(user.name.length).put(user.name));
    return bytes.array();
  }

  /**
   * Takes the rest of what is there.
   *
   * @throws IllegalArgumentException if it is not what {@link #encode} makes
   */
  static Part decode(String node, long version, ByteBuffer bytes) {
    if (!bytes.hasRemaining()) {
      return new Part(node, version, Map.of(), 0);
    }
    byte format = bytes.get();
    if (format != VERSION) {
      throw new IllegalArgumentException("a part of a room has version " + format);
    }
    try {
      int others = bytes.getInt();
      Map<String, Integer> users = new HashMap<>();
      for (int left = bytes.getInt(); left > 0; left--) {
        int count = bytes.getInt();
        users.put(UTF_8.decode(EntryBytes.take(bytes, bytes.getInt())).toString(), count);
      }
      return new Part(node, version, users, others);
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("a part of a room is cut off", e);
    }
  }
}
