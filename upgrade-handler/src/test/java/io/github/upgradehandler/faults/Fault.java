package io.github.upgradehandler.faults;

import java.util.Arrays;
import java.util.Optional;

/** The classes of faults, in the order of SECURITY.md. */
enum Fault {
  H1("another version, and a request pipelined after it"),
  H2("POST, or HTTP/1.0"),
  H3("Connection or Upgrade missing or wrong"),
  H4("an upgrade to another protocol"),
  H5("a key that is not 16 bytes in base64"),
  H6("extensions with quotes that never close"),
  H7("subprotocols of nothing but white space and commas"),
  H8("unknown, doubled and malformed extensions"),
  H9("foreign origins"),
  H10("handshake and frames in one segment"),
  H11("a plain GET"),
  H12("an exception or an error while a handshake is decided about"),
  H13("filters that flush, close, reset or change the answer after the servlet"),
  H14("a response that is committed before the servlet"),
  H15("a handshake with a body"),
  H17("cookies and parameters that cannot be read"),
  H18("a peer without an address or a port"),
  H19("methods that open nothing"),
  H20("wrapped requests and responses"),
  F1("64-bit length with the top bit set"),
  F2("length of 2^63-1"),
  F3("reserved opcode with a huge length"),
  F4("lengths not in their shortest form"),
  F5("frames that must not be"),
  F6("fragments without end"),
  F7("fragments that are too big together"),
  F8("compression bomb"),
  F9("malformed compressed data"),
  F10("invalid UTF-8"),
  F11("malformed Close frames"),
  F12("every byte in a segment of its own"),
  F13("frames after a Close frame"),
  R1("endless pings from a peer that never reads"),
  R2("a million unsolicited pongs"),
  R3("messages faster than the handler takes them"),
  R4("subscribers that stop reading"),
  R5("a peer that never answers a close"),
  R6("RST and FIN in the middle of a frame"),
  R7("many threads sending to a socket that is being closed"),
  R8("a frame that never ends"),
  R9("a peer that vanishes without a FIN"),
  R10("a handler that throws"),
  R11("a handler that blocks"),
  R12("undeploying with open connections"),
  R13("connects and disconnects without end"),
  R14("the wall clock jumps"),
  R15("many deadlines at the same moment"),
  R16("the HTTP session ends"),
  R17("sending to a closed socket"),
  R18("peers that leave while something waits for them"),
  R19("a sender that was interrupted"),
  R20("a handshake that waits for 100 Continue"),
  R21("frames before the handshake is answered"),
  R22("the HTTP session ends during the handshake"),
  R25("a peer that sends faster than its messages are handled"),
  R26("the end right behind messages"),
  R27("stages that cause the next one, without end"),
  R28("an executor that takes nothing more"),
  R29("an error thrown out of anything that is called"),
  R30("a process that was stopped"),
  R31("peers that all fall silent at once");

  private final String description;

  Fault(String description) {
    this.description = description;
  }

  String description() {
    return description;
  }

  /** The fault that a test's method is named after, such as {@code F6_fragments_without_end}. */
  static Optional<Fault> ofMethod(String method) {
    String id = method.substring(0, Math.max(0, method.indexOf('_')));
    return Arrays.stream(values()).filter(fault -> fault.name().equals(id)).findFirst();
  }
}
