package io.github.upgradehandler.sample.talk;

import io.github.upgradehandler.sample.events.EventClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

/** A client of Socket.IO that says and hears packets, with apostrophes in place of quotes. */
final class TalkClient implements AutoCloseable {

  private final EventClient connection;
  private final List<String> seen = new ArrayList<>();

  TalkClient(URI uri) throws Exception {
    connection = new EventClient(uri);
  }

  void send(String packet) throws Exception {
    connection.send(packet.replace('\'', '"'));
  }

  /** The next packet that begins so; passes over others. */
  String await(String beginning) throws Exception {
    String wanted = beginning.replace('\'', '"');
    while (true) {
      String packet = connection.next();
      seen.add(packet);
      if (packet.startsWith(wanted)) {
        return packet;
      }
    }
  }

  /** What has come up to the last that was waited for. */
  List<String> seen() {
    return seen;
  }

  /** The packet that was waited for last. */
  String lastAwaited() {
    return seen.get(seen.size() - 1);
  }

  @Override
  public void close() {
    connection.close();
  }
}
