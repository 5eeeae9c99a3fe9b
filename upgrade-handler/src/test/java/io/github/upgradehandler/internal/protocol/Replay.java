package io.github.upgradehandler.internal.protocol;

import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.internal.frame.ProtocolException;
import io.github.upgradehandler.internal.protocol.Receiver.Delivery;
import io.github.upgradehandler.spi.Role;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plays a peer's bytes to one end in pieces, and notes after how many bytes each event came.
 *
 * @param extension what was agreed on, if anything
 * @param stopping whether the events want no more after each, and are continued
 */
public record Replay(
    Role role,
    WebSocketConfig config,
    @Nullable Extension extension,
    Delivery delivery,
    boolean stopping) {

  /** An event, and how many bytes had been given when it came. */
  public record Moment(int bytesGiven, String event) {}

  private static final int MARGIN = 3;
  private static final byte UNTOUCHED = (byte) 0xEE;

  /** Without an extension, and without stops. */
  Replay(Role role, WebSocketConfig config, Delivery delivery) {
    this(role, config, null, delivery, false);
  }

  /** Plays the bytes cut at these places, all of which must be taken, and ends the connection. */
  public List<Moment> play(byte[] bytes, int... cuts) {
    EventLog log = new EventLog(delivery, !stopping);
    Receiver protocol = new Receiver(role, config.limits(), extension, delivery, log);
    List<Moment> moments = play(protocol, log, bytes, cuts);
    protocol.fail(); // gives back what it holds
    return moments;
  }

  /** Plays the bytes to a connection that goes on. */
  void playOpen(byte[] bytes) {
    EventLog log = new EventLog(delivery, !stopping);
    play(new Receiver(role, config.limits(), extension, delivery, log), log, bytes);
  }

  private static List<Moment> play(Receiver protocol, EventLog log, byte[] bytes, int... cuts) {
    List<Moment> moments = new ArrayList<>();
    int given = 0;
    for (int i = 0; i <= cuts.length; i++) {
      int cut = i < cuts.length ? cuts[i] : bytes.length;
      give(protocol, log, bytes, given, cut);
      given = cut;
      for (String event : log.events().subList(moments.size(), log.events().size())) {
        moments.add(new Moment(given, event));
      }
    }
    return moments;
  }

  /** Gives one piece in the middle of a larger array, going on where the protocol stops. */
  private static void give(Receiver protocol, EventLog log, byte[] bytes, int from, int to) {
    byte[] array = new byte[MARGIN + to - from + MARGIN];
    Arrays.fill(array, UNTOUCHED);
    System.arraycopy(bytes, from, array, MARGIN, to - from);
    int end = array.length - MARGIN;
    int position = MARGIN;
    while (position < end || protocol.isHoldingBack()) {
      boolean held = protocol.isHoldingBack();
      boolean failed = false;
      try {
        protocol.receive(array, position, end - position);
      } catch (ProtocolException e) {
        failed = true;
        log.failed(e.status().code());
      }
      int consumed = protocol.consumed();
      if (consumed < 0 || consumed > end - position || (consumed == 0 && !failed && !held)) {
        throw new AssertionError("took " + consumed + " of " + (end - position) + " bytes");
      }
      position += consumed;
    }
    for (int i = 0; i < MARGIN; i++) {
      if (array[i] != UNTOUCHED || array[end + i] != UNTOUCHED) {
        throw new AssertionError("touched what it was not given");
      }
    }
  }
}
