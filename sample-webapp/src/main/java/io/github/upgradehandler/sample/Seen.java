package io.github.upgradehandler.sample;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.room.log.Position;
import java.util.Optional;

/** Up to where a page that comes back has seen a room, as its query says. */
public final class Seen {

  private Seen() {}

  /**
   * The position in the parameter {@code seen}; empty if there is none.
   *
   * @throws HandshakeRefusedException with 400 if it is no position
   */
  public static Optional<Position> in(Handshake handshake) {
    return handshake
        .parameter("seen")
        .map(
            text ->
                Position.parse(text)
                    .orElseThrow(
                        () ->
                            new HandshakeRefusedException(
                                400, "seen is a position, as messages have them")));
  }
}
