package io.github.upgradehandler.redis;

/** Is told when Redis goes and comes, by a thread of its own that it must not block. */
public interface RedisListener {

  /**
   * Redis cannot be used any more: plain rooms go on on this node alone, what is published to
   * logged rooms is held for a while and then refused.
   */
  default void away(RedisStatus status) {}

  /** It can be used again, or for the first time. */
  default void back(RedisStatus status) {}
}
