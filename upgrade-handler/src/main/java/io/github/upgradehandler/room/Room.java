package io.github.upgradehandler.room;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.Recipient;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Published;
import io.github.upgradehandler.room.presence.Present;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * A room by its name. Only a handle, which may be kept or made anew: the state of a room comes with
 * its first member and goes with its last.
 *
 * <p>Thread-safe; no method blocks. A connection that is a member when sending begins, and stays
 * one, gets the message; a member that reads too slowly is treated by {@link
 * io.github.upgradehandler.Flow#overflowPolicy} and delays no other. What one thread sends reaches
 * every member in the order in which it was sent; what several threads send at once may reach
 * different members in a different order.
 */
public final class Room {

  private final Rooms rooms;
  private final String name;

  Room(Rooms rooms, String name) {
    this.rooms = rooms;
    this.name = name;
  }

  /** The name. */
  public String name() {
    return name;
  }

  /** Makes a connection a member, if {@link JoinRule} permits; it leaves by itself when it ends. */
  public JoinResult join(Recipient recipient) {
    return rooms.entrance().join(recipient, name, null);
  }

  /**
   * Makes a connection a member again that has been one before: of a logged room it gets first what
   * came after that position, or is told that it is lost. Other rooms are joined as by {@link
   * #join}.
   *
   * @param seen the position of the last message that it has had
   */
  public JoinResult resume(Recipient recipient, Position seen) {
    return rooms.entrance().join(recipient, name, seen);
  }

  /** Ends a membership; whether there was one. */
  public boolean leave(Recipient recipient) {
    return rooms.members().leave(recipient, name);
  }

  /** Whether a connection is a member. */
  public boolean contains(Recipient recipient) {
    return rooms.members().isIn(recipient, name);
  }

  /**
   * Sends a message to all members.
   *
   * @return how many connections of this node have accepted it
   * @throws IllegalStateException if the room is logged: see {@link #publish(PreparedMessage)}
   */
  public int send(PreparedMessage message) {
    return rooms.delivery().send(Audience.room(name), message, null);
  }

  /**
   * Sends a message to all members but one.
   *
   * @param except need not be a member
   * @return how many connections of this node have accepted it
   * @throws IllegalStateException if the room is logged: see {@link #publish(PreparedMessage)}
   */
  public int sendToOthers(Recipient except, PreparedMessage message) {
    return rooms.delivery().send(Audience.room(name), message, except);
  }

  /**
   * Sends a message to the members that this node has: what each node tells its own.
   *
   * @return how many connections have accepted it
   * @throws IllegalStateException if the room is logged: see {@link #publish(PreparedMessage)}
   */
  public int sendHere(PreparedMessage message) {
    return rooms.delivery().sendHere(Audience.room(name), message, null);
  }

  /** Whether the room has a log, see {@link Rooms.Builder#logged}. */
  public boolean isLogged() {
    return rooms.logs().isLogged(name);
  }

  /**
   * Appends a message to the room's log, from which all members get it. What one thread publishes
   * is appended in that order.
   *
   * @return what became of it; never fails, and never waits for longer than a few seconds
   * @throws IllegalStateException if the room is not logged
   */
  public CompletionStage<Published> publish(PreparedMessage message) {
    return rooms.logs().publish(name, null, message);
  }

  /**
   * The same for all members but one.
   *
   * @param except need not be a member; one that comes back on another connection gets it
   */
  public CompletionStage<Published> publishToOthers(Recipient except, PreparedMessage message) {
    return rooms.logs().publish(name, except, message);
  }

  /**
   * Has a subscriber, which is no connection, receive what is sent to all members or all but one,
   * also by other nodes, until {@link #unsubscribe}. It is no member and in none of the counts.
   *
   * @throws IllegalStateException if the room is logged: see {@link #subscribe(LogSubscriber)}
   */
  public void subscribe(Subscriber subscriber) {
    rooms.subscriptions().add(subscriber, name);
  }

  /** Takes back {@link #subscribe(Subscriber)}; does nothing if there was none. */
  public void unsubscribe(Subscriber subscriber) {
    rooms.subscriptions().remove(subscriber, name);
  }

  /**
   * Has a subscriber, which is no connection, receive what is published to this logged room from
   * now on, until {@link #unsubscribe(LogSubscriber)}. It is no member and in none of the counts.
   * Does nothing if it is subscribed.
   *
   * @throws IllegalStateException if the room is not logged
   */
  public void subscribe(LogSubscriber subscriber) {
    rooms.logs().subscribe(subscriber, name, null);
  }

  /**
   * The same from a position on: first what came after it, or that it is lost.
   *
   * @param seen the position of the last message that it has had
   */
  public void subscribe(LogSubscriber subscriber, Position seen) {
    rooms.logs().subscribe(subscriber, name, seen);
  }

  /**
   * Takes back {@link #subscribe(LogSubscriber)}; what is on its way may still come. Does nothing
   * if there was none.
   */
  public void unsubscribe(LogSubscriber subscriber) {
    rooms.logs().unsubscribe(subscriber, name);
  }

  /** How many connections of this node are members. */
  public int size() {
    return rooms.groups().size(Audience.room(name));
  }

  /**
   * The users that are in the room with connections of this node, each once; a snapshot. Members
   * without a user are counted by {@link #size} only.
   */
  public Set<String> users() {
    return rooms.groups().users(name);
  }

  /**
   * Who is in the room over all nodes; where it has no presence, see {@link
   * Rooms.Builder#presence}, on this node.
   *
   * @return completed at once where this node has members; else it fails where the engine cannot be
   *     asked
   */
  public CompletionStage<Present> present() {
    return rooms.presences().present(name);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Room room && room.rooms == rooms && room.name.equals(name);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }

  @Override
  public String toString() {
    return "Room " + name;
  }
}
