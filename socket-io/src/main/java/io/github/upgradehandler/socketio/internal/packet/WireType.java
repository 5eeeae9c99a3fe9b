package io.github.upgradehandler.socketio.internal.packet;

import io.github.upgradehandler.socketio.PacketType;
import io.github.upgradehandler.socketio.internal.engine.MalformedPacketException;

/** The types on the wire. */
enum WireType {
  CONNECT('0', PacketType.CONNECT, false),
  DISCONNECT('1', PacketType.DISCONNECT, false),
  EVENT('2', PacketType.EVENT, false),
  ACK('3', PacketType.ACK, false),
  CONNECT_ERROR('4', PacketType.CONNECT_ERROR, false),
  BINARY_EVENT('5', PacketType.EVENT, true),
  BINARY_ACK('6', PacketType.ACK, true);

  /** The types at the places of their digits. */
  private static final WireType[] BY_DIGIT = values();

  private final char digit;
  private final PacketType type;
  private final boolean binary;

  WireType(char digit, PacketType type, boolean binary) {
    this.digit = digit;
    this.type = type;
    this.binary = binary;
  }

  PacketType type() {
    return type;
  }

  /** Whether attachments follow. */
  boolean isBinary() {
    return binary;
  }

  char digit() {
    return digit;
  }

  /** That of JSON's digit, as a number. */
  int number() {
    return digit - '0';
  }

  static WireType of(char digit) {
    return of(digit - '0');
  }

  static WireType of(int number) {
    if (number < 0 || number >= BY_DIGIT.length) {
      throw new MalformedPacketException("unknown type of a Socket.IO packet");
    }
    return BY_DIGIT[number];
  }

  static WireType of(PacketType type, boolean binary) {
    for (WireType wire : BY_DIGIT) {
      if (wire.type == type && wire.binary == binary) {
        return wire;
      }
    }
    throw new IllegalArgumentException("a packet " + type + " has no attachments");
  }

  static boolean mayBeBinary(PacketType type) {
    return type == PacketType.EVENT || type == PacketType.ACK;
  }
}
