package io.github.upgradehandler.sample.inspector;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.sample.events.EventHandler;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The pages that look on. Each is told its key, which nobody can guess. */
final class Onlookers extends EventHandler {

  private record Welcome(String key) {}

  private static final int KEY_BYTES = 12;
  private static final String KEY = "key";

  private final SecureRandom random = new SecureRandom();
  private final Map<String, WebSocket> sockets = new ConcurrentHashMap<>();

  @Override
  public void onOpen(WebSocket socket) {
    byte[] bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    String key = HexFormat.of().formatHex(bytes);
    socket.attributes().put(KEY, key);
    sockets.put(key, socket);
    send(socket, "welcome", new Welcome(key));
  }

  @Override
  public void onClose(WebSocket socket, CloseEvent event) {
    Object key = socket.attributes().get(KEY);
    if (key != null) {
      sockets.remove(key);
    }
  }

  Optional<WebSocket> find(String key) {
    return Optional.ofNullable(sockets.get(key));
  }
}
