package io.github.upgradehandler.socketio.internal.engine;

/** What a packet of Engine.IO is. */
public enum EnginePacketType {
  /** The server's description of the session, its first packet. */
  OPEN('0'),
  /** The end of the session. */
  CLOSE('1'),
  /** A heartbeat, or the probe of a new transport. */
  PING('2'),
  /** The answer to a ping. */
  PONG('3'),
  /** What the application has sent. */
  MESSAGE('4'),
  /** The client goes on with the new transport. */
  UPGRADE('5'),
  /** Ends a waiting poll. */
  NOOP('6');

  /** The types at the places of their digits. */
  private static final EnginePacketType[] BY_DIGIT = values();

  private final char digit;

  EnginePacketType(char digit) {
    this.digit = digit;
  }

  /** The digit on the wire. */
  public char digit() {
    return digit;
  }

  /**
   * The type of a digit.
   *
   * @throws MalformedPacketException if there is none
   */
  static EnginePacketType of(char digit) {
    int number = digit - '0';
    if (number < 0 || number >= BY_DIGIT.length) {
      throw new MalformedPacketException("unknown type of an Engine.IO packet");
    }
    return BY_DIGIT[number];
  }
}
