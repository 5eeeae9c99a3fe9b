package io.github.upgradehandler.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.upgradehandler.room.presence.Part;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;

/** What the scripts of presence are given, and what they answer and push. */
final class PresenceCalls {

  private static final byte[] YES = {'1'};
  private static final byte[] NO = {'0'};

  private final Names names;

  PresenceCalls(Names names) {
    this.names = names;
  }

  CompletionStage<List<Object>> lease(Link link, String node, Duration lease, boolean begins) {
    return link.run(
        Script.LEASE,
        new byte[][] {names.leases()},
        new byte[][] {bytes(node), bytes(Long.toString(lease.toMillis())), begins ? YES : NO});
  }

  CompletionStage<List<Object>> put(Link link, String room, Part part) {
    byte[] encoded = PartBytes.encode(part);
    return link.run(
        Script.PUT,
        new byte[][] {names.parts(room)},
        new byte[][] {
          bytes(part.node()),
          bytes(Long.toString(part.version())),
          encoded,
          names.partPushes(room),
          encoded.length <= Calls.MAX_PUSHED_BYTES ? YES : NO
        });
  }

  /**
   * Reads all parts of a room.
   *
   * @param dropped nodes whose parts are dropped before
   */
  CompletionStage<List<Object>> parts(Link link, String room, Collection<String> dropped) {
    return link.run(
        Script.PARTS,
        new byte[][] {names.parts(room)},
        dropped.stream().map(PresenceCalls::bytes).toArray(byte[][]::new));
  }

  /** Tries all of them. */
  CompletionStage<?> trial(Link link) {
    String node = Calls.newName() + ".1";
    CompletionStage<List<Object>> lease = lease(link, node, Duration.ofMillis(1), true);
    CompletionStage<List<Object>> put = put(link, "", new Part(node, 1, Map.of(), 1));
    CompletionStage<List<Object>> parts = parts(link, "", List.of(node));
    return lease.thenCombine(put, (one, two) -> one).thenCombine(parts, (one, two) -> one);
  }

  static Set<String> nodes(List<Object> answer) {
    return answer.stream().map(PresenceCalls::text).collect(Collectors.toUnmodifiableSet());
  }

  static List<Part> parts(List<Object> answer) {
    List<Part> parts = new ArrayList<>();
    for (int i = 0; i < answer.size(); i += 2) {
      parts.add(part(text(answer.get(i)), ByteBuffer.wrap((byte[]) answer.get(i + 1))));
    }
    return parts;
  }

  /** What is pushed, which is not empty. */
  static Part pushed(byte[] message) {
    ByteBuffer bytes = ByteBuffer.wrap(message);
    return part(word(bytes), bytes);
  }

  private static Part part(String node, ByteBuffer bytes) {
    return PartBytes.decode(node, Long.parseLong(word(bytes)), bytes);
  }

  /** Up to the next space, which is passed over. */
  private static String word(ByteBuffer bytes) {
    StringBuilder word = new StringBuilder();
    for (char next = (char) bytes.get(); next != ' '; next = (char) bytes.get()) {
      word.append(next);
    }
    return word.toString();
  }

  private static String text(Object bytes) {
    return new String((byte[]) bytes, UTF_8);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }
}
