package io.github.upgradehandler.sample.editor;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * One text as the updates that make it, which only the browsers can read. Merging takes them in any
 * order and any number of times, so what is kept is a list that snapshots make short.
 *
 * <p>A message is binary: a byte for its kind, four for a position, and the update.
 *
 * <ul>
 *   <li>{@link #UPDATE}: a change, either way.
 *   <li>{@link #HAVE_ALL}: to a browser, behind what was kept up to the position; asks for a
 *       snapshot.
 *   <li>{@link #SNAPSHOT}: from a browser, its whole text, which has all up to the position.
 * </ul>
 */
final class SharedText {

  static final byte UPDATE = 0;
  static final byte HAVE_ALL = 1;
  static final byte SNAPSHOT = 2;

  private static final int HEAD = 1 + Integer.BYTES;
  private static final int MOST_UPDATES = 500;
  private static final int MOST_BYTES = 4 * 1024 * 1024;

  private final Room readers = new Rooms().room("text");
  private final List<PreparedMessage> updates = new ArrayList<>();
  private int dropped;
  private int bytesSinceAsked;

  /** A browser has come: gets everything, and is asked for what it has written meanwhile. */
  synchronized void join(WebSocket socket) {
    updates.forEach(socket::send);
    socket.send(haveAll());
    readers.join(socket);
  }

  /** A browser has sent something. */
  synchronized void receive(WebSocket sender, ByteBuffer message) {
    if (message.remaining() < HEAD) {
      refuse(sender, "a message has at least " + HEAD + " bytes");
      return;
    }
    byte kind = message.get();
    if (kind != UPDATE && kind != SNAPSHOT) {
      refuse(sender, "a message is an update or a snapshot");
      return;
    }
    int position = message.getInt();
    PreparedMessage update = message(UPDATE, message);
    if (kind == SNAPSHOT && position >= dropped && position <= dropped + updates.size()) {
      updates.subList(0, position - dropped).clear();
      dropped = position;
    }
    updates.add(update);
    readers.sendToOthers(sender, update);
    bytesSinceAsked += update.length();
    if (kind == UPDATE && (updates.size() % MOST_UPDATES == 0 || bytesSinceAsked > MOST_BYTES)) {
      bytesSinceAsked = 0;
      sender.send(haveAll());
    }
  }

  /** Final, unlike the 1011 of an exception: the same message would fail again. */
  private static void refuse(WebSocket sender, String rule) {
    sender.close(CloseStatus.POLICY_VIOLATION.withReason(rule));
  }

  private PreparedMessage haveAll() {
    return message(HAVE_ALL, ByteBuffer.allocate(0));
  }

  private PreparedMessage message(byte kind, ByteBuffer update) {
    ByteBuffer message = ByteBuffer.allocate(HEAD + update.remaining());
    message.put(kind).putInt(dropped + updates.size()).put(update).flip();
    return PreparedMessage.binary(message);
  }
}
