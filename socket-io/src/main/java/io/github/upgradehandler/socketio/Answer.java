package io.github.upgradehandler.socketio;

import com.fasterxml.jackson.databind.node.ArrayNode;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The way to answer an event of one socket. */
final class Answer implements Ack {

  private final Socket socket;
  private final @Nullable Long number;
  private final AtomicBoolean given = new AtomicBoolean();

  /**
   * An answer that is not given yet.
   *
   * @param number null if the client has asked for none
   */
  Answer(Socket socket, @Nullable Long number) {
    this.socket = socket;
    this.number = number;
  }

  @Override
  public void send(Object... values) {
    ArrayNode content = socket.server().emitting().values(values);
    if (number != null && given.compareAndSet(false, true)) {
      String namespace = socket.namespace().name();
      Packet packet = new Packet(PacketType.ACK, namespace, number, content);
      socket.deliver(packet, socket.server().codec().encode(packet), false);
    }
  }

  @Override
  public boolean isRequested() {
    return number != null;
  }
}
