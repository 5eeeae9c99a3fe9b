/** Rooms over many nodes, by Redis. */
@SuppressWarnings({"module", "requires-automatic", "requires-transitive-automatic"})
module io.github.upgradehandler.redis {
  requires transitive io.github.upgradehandler;
  requires java.management;
  requires lettuce.core;
  requires io.netty.common;
  requires io.netty.transport;
  requires io.netty.resolver;
  requires static org.jspecify;

  exports io.github.upgradehandler.redis;
}
