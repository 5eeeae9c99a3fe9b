package io.github.upgradehandler.socketio;

import io.github.upgradehandler.room.log.Position;
import java.security.SecureRandom;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The log of one node: what is appended stands in it at once. Appended to under one lock. */
final class MemoryEventLog implements EventLog {

  private @Nullable Listener listener;
  private Position end =
      new Position(Long.toString(new SecureRandom().nextLong() >>> 1, Character.MAX_RADIX), 0);

  @Override
  public void start(Listener told) {
    listener = told;
    told.attached(end);
  }

  @Override
  public void append(LogEntry entry) {
    if (entry instanceof LogEntry.Event) { // the others are known without it
      end = end.plus(1);
      Objects.requireNonNull(listener, "not started").entry(end, entry);
    }
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public boolean isFollowed() {
    return true;
  }

  @Override
  public void close() {}
}
