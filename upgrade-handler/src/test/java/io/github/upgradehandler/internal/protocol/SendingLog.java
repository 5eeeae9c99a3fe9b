package io.github.upgradehandler.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.internal.frame.Opcode;
import io.github.upgradehandler.spi.Role;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * Does to a {@link Sender} what is written in a table, and notes the frames that it makes.
 *
 * <pre>
 *   text A, binary A      whole messages
 *   text A.., binary A..  a fragment, not the last
 *   text ..A, binary ..A  the last fragment
 *   shared A, blob A      prepared messages, of text and of bytes
 *   ping A, pong A        a ping, the answer to one
 *   late A                the answer to a ping while the peer does not read
 *   close 1000 A          a Close frame
 *   came 1000             the peer's Close frame
 *   lose                  the transport has ended
 * </pre>
 *
 * Frames are noted as {@code text A}, or in hexadecimal digits what is no text; three dots follow
 * what is not final, a star the opcode of a marked frame. What is refused is noted as {@code
 * refused}.
 */
final class SendingLog implements FrameOutput {

  private final List<String> frames = new ArrayList<>();
  private final Sender sender;

  SendingLog(Role role, Extension extension) {
    sender = new Sender(role, this, extension);
  }

  Sender sender() {
    return sender;
  }

  /** What follows from steps that semicolons separate, joined in the same way. */
  String play(String steps) {
    for (String step : steps.split(";", -1)) {
      try {
        take(step.strip());
      } catch (IllegalStateException e) {
        frames.add("refused" + (e.getMessage().contains("5.4") ? " (5.4)" : " (5.5.1)"));
      }
    }
    return String.join("; ", frames);
  }

  private void take(String step) {
    int space = step.indexOf(' ');
    String verb = space < 0 ? step : step.substring(0, space);
    String argument = space < 0 ? "" : step.substring(space + 1);
    switch (verb) {
      case "text" -> data(Opcode.TEXT, argument);
      case "binary" -> data(Opcode.BINARY, argument);
      case "shared" -> shared(PreparedMessage.text(argument));
      case "blob" -> shared(PreparedMessage.binary(bytes(argument)));
      case "ping" -> sender.ping(bytes(argument));
      case "pong" -> pong(argument, false);
      case "late" -> pong(argument, true);
      case "unasked" -> sender.unsolicitedPong(bytes(argument));
      case "close" -> sender.close(status(argument));
      case "came" -> sender.closeReceived(status(argument));
      case "lose" -> sender.lose();
      default -> throw new IllegalArgumentException(step);
    }
  }

  private void data(Opcode kind, String argument) {
    if (argument.startsWith("..")) {
      sender.fragment(kind, bytes(argument.substring(2)), true);
    } else if (argument.endsWith("..")) {
      sender.fragment(kind, bytes(argument.substring(0, argument.length() - 2)), false);
    } else {
      sender.message(kind, bytes(argument));
    }
  }

  private void shared(PreparedMessage message) {
    sender.message(message, sender.sharedFrame(message));
  }

  private void pong(String payload, boolean blocked) {
    if (!sender.pong(bytes(payload), blocked)) {
      frames.add("no pong");
    }
  }

  private static CloseStatus status(String argument) {
    String[] codeAndReason = argument.split(" ", 2);
    return new CloseStatus(
        Integer.parseInt(codeAndReason[0]), codeAndReason.length == 1 ? "" : codeAndReason[1]);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(UTF_8));
  }

  @Override
  public void add(Opcode opcode, boolean fin, int reservedBits, ByteBuffer payload) {
    String name = opcode.name().toLowerCase(Locale.ROOT);
    String content = opcode == Opcode.CLOSE ? closeStatus(payload) : text(payload);
    String mark = reservedBits == 0 ? "" : "*";
    frames.add((name + mark + " " + content).strip() + (fin ? "" : "..."));
  }

  @Override
  public void addShared(byte[] frame) {
    frames.add("frame " + HexFormat.of().formatHex(frame));
  }

  @Override
  public void addUrgentPong(ByteBuffer payload) {
    frames.add("urgent pong " + text(payload));
  }

  private static String closeStatus(ByteBuffer payload) {
    ByteBuffer rest = payload.duplicate();
    return rest.hasRemaining() ? (rest.getShort() & 0xFFFF) + " " + text(rest) : "";
  }

  private static String text(ByteBuffer payload) {
    byte[] bytes = new byte[payload.remaining()];
    payload.duplicate().get(bytes);
    String text = new String(bytes, UTF_8);
    return text.chars().anyMatch(Character::isISOControl) ? HexFormat.of().formatHex(bytes) : text;
  }
}
