package io.github.upgradehandler.room;

import io.github.upgradehandler.PreparedMessage;

/**
 * Carries what is sent to rooms between the nodes of a cluster. {@link Rooms} itself delivers to
 * the connections of its own node; a backplane is for the others.
 *
 * <p>The methods are called by any thread and must neither block nor throw. {@link #subscribe} and
 * {@link #unsubscribe} of one channel come in order and one after another. The application that
 * creates a backplane also stops it.
 */
public interface Backplane {

  /** Where a backplane hands on what other nodes have published. */
  @FunctionalInterface
  interface Receiver {

    /** Delivers a message to the connections of this node; does not block. */
    void receive(Audience channel, PreparedMessage message);
  }

  /** The only node there is. */
  Backplane SINGLE_NODE =
      new Backplane() {
        @Override
        public void start(Receiver receiver) {}

        @Override
        public void publish(Audience channel, PreparedMessage message) {}

        @Override
        public void subscribe(Audience channel) {}

        @Override
        public void unsubscribe(Audience channel) {}
      };

  /** Called first and once. */
  void start(Receiver receiver);

  /** Hands a message to all other nodes that have subscribed to the channel; not to this one. */
  void publish(Audience channel, PreparedMessage message);

  /** The first connection of this node is in the channel. */
  void subscribe(Audience channel);

  /** The last connection of this node has left the channel. */
  void unsubscribe(Audience channel);
}
