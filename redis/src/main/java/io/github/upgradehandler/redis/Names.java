package io.github.upgradehandler.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.upgradehandler.room.Audience;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.codec.CRC16;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The names of keys and channels: {@code namespace:{tag}:kind:set:room}. The tag is one of 128, by
 * the room, so that all of a room is in one slot of a cluster and rooms are spread evenly.
 */
final class Names {

  private static final int MAX_ROOM_BYTES = 512;
  private static final Pattern SIMPLE = Pattern.compile("[0-9A-Za-z_-]{1,32}");

  private static final int TAGS = 128;
  private static final int SLOTS_OF_TAG = SlotHash.SLOT_COUNT / TAGS;
  private static final String[] TAG = tags();

  private final String namespace;
  private final String set;

  /**
   * Names of one set of rooms.
   *
   * @throws IllegalArgumentException if one is not of 1 to 32 letters, digits, '_' and '-'
   */
  Names(String namespace, String set) {
    this.namespace = simple("namespace", namespace);
    this.set = simple("name of a set of rooms", set);
  }

  static String simple(String what, String name) {
    if (!SIMPLE.matcher(name).matches()) {
      throw new IllegalArgumentException(
          what + " '" + name + "': 1 to 32 letters, digits, '_' and '-'");
    }
    return name;
  }

  /** The first number that has a slot among those of each tag. */
  private static String[] tags() {
    String[] tags = new String[TAGS];
    int found = 0;
    for (int number = 0; found < TAGS; number++) {
      String tag = Integer.toString(number);
      int index = SlotHash.getSlot(tag) / SLOTS_OF_TAG;
      if (tags[index] == null) {
        tags[index] = tag;
        found++;
      }
    }
    return tags;
  }

  /** Why a room of that name has no keys; empty: it has. */
  static Optional<String> refusal(String room) {
    if (!UTF_8.newEncoder().canEncode(room)) {
      return Optional.of("the room's name has an unpaired surrogate");
    }
    int length = room.getBytes(UTF_8).length;
    return length > MAX_ROOM_BYTES
        ? Optional.of(
            "the room's name has "
                + length
                + " bytes in UTF-8; Redis is given at most "
                + MAX_ROOM_BYTES)
        : Optional.empty();
  }

  byte[] meta(String room) {
    return key("m", room);
  }

  byte[] stream(String room) {
    return key("s", room);
  }

  /** What a node has appended last. */
  byte[] latest(String room, String node) {
    return key("q", node + ":" + room);
  }

  /** Where the entries of a logged room are pushed. */
  byte[] pushes(String room) {
    return key("c", room);
  }

  /** Where what is sent to plain rooms is published. */
  byte[] channel(Audience audience) {
    return key("p", audience.kind().name().toLowerCase(Locale.ROOT) + ":" + audience.name());
  }

  /** The leases of the nodes. */
  byte[] leases() {
    return key("n", "");
  }

  /** What each node has in a room. */
  byte[] parts(String room) {
    return key("h", room);
  }

  /** Where it is pushed. */
  byte[] partPushes(String room) {
    return key("j", room);
  }

  private byte[] key(String kind, String name) {
    byte[] room = (set + ":" + name).getBytes(UTF_8);
    int slot = CRC16.crc16(room) % SlotHash.SLOT_COUNT;
    byte[] head = (namespace + ":{" + TAG[slot / SLOTS_OF_TAG] + "}:" + kind + ":").getBytes(UTF_8);
    byte[] key = new byte[head.length + room.length];
    System.arraycopy(head, 0, key, 0, head.length);
    System.arraycopy(room, 0, key, head.length, room.length);
    return key;
  }

  /** A name of bytes as one that can be compared. */
  static String comparable(byte[] name) {
    return new String(name, ISO_8859_1);
  }

  /** What {@link #comparable} was made of. */
  static byte[] bytes(String comparable) {
    return comparable.getBytes(ISO_8859_1);
  }
}
