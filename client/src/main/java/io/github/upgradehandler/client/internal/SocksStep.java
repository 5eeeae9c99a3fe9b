package io.github.upgradehandler.client.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.PasswordAuthentication;
import java.net.SocketException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * A way through a SOCKS proxy, version 5 (RFC 1928), with a user and password (RFC 1929) or none.
 */
final class SocksStep implements Step {

  private static final int VERSION = 5;
  private static final int NO_USER = 0;
  private static final int WITH_USER = 2;
  private static final int MAX_FIELD = 255;
  private static final String[] REFUSALS = {
    "",
    "general failure",
    "not allowed by its rules",
    "network unreachable",
    "host unreachable",
    "connection refused",
    "TTL expired",
    "command not supported",
    "address type not supported"
  };

  /** What the proxy is to say next. */
  private enum Awaited {
    METHOD,
    USER_CHECKED,
    REPLY,
    BOUND_ADDRESS
  }

  private final ByteStream stream;
  private final Destination to;
  private final @Nullable PasswordAuthentication user;
  private ByteBuffer sending;
  private ByteBuffer receiving = ByteBuffer.allocate(2);
  private Awaited awaited = Awaited.METHOD;

  SocksStep(ByteStream stream, Destination to, @Nullable PasswordAuthentication user)
      throws SocketException {
    this.stream = stream;
    this.to = to;
    this.user = user;
    int method = user == null ? NO_USER : WITH_USER;
    this.sending = ByteBuffer.wrap(new byte[] {VERSION, 1, (byte) method});
    field("the host", to.host());
  }

  @Override
  public Progress advance() throws IOException {
    while (true) {
      while (sending.hasRemaining()) {
        if (stream.write(sending) == 0) {
          return Progress.NEEDS_OUTPUT;
        }
      }
      while (receiving.hasRemaining()) {
        int count = stream.read(receiving);
        if (count < 0) {
          throw new SocketException("the SOCKS proxy has ended the connection");
        }
        if (count == 0) {
          return Progress.NEEDS_INPUT;
        }
      }
      if (received(receiving.flip())) {
        return Progress.DONE;
      }
    }
  }

  /** Whether that was the last. */
  private boolean received(ByteBuffer answer) throws SocketException {
    switch (awaited) {
      case METHOD -> methodChosen(answer);
      case USER_CHECKED -> {
        check(answer.get(1) == 0, "has refused the user");
        request();
      }
      case REPLY -> reply(answer);
      case BOUND_ADDRESS -> {
        return true;
      }
    }
    return false;
  }

  private void methodChosen(ByteBuffer answer) throws SocketException {
    check(answer.get(0) == VERSION, "does not speak version 5");
    int method = answer.get(1);
    if (method == WITH_USER && user != null) {
      byte[] name = field("the user", user.getUserName());
      byte[] password = field("the password", new String(user.getPassword()));
      ByteBuffer out = ByteBuffer.allocate(3 + name.length + password.length);
      out.put((byte) 1).put((byte) name.length).put(name);
      sending = out.put((byte) password.length).put(password).flip();
      receiving = ByteBuffer.allocate(2);
      awaited = Awaited.USER_CHECKED;
    } else {
      check(method == NO_USER && user == null, "accepts no way to sign in that is offered");
      request();
    }
  }

  /** By name, which the proxy looks up: it may know names that are not known here. */
  private void request() throws SocketException {
    byte[] host = field("the host", to.host());
    ByteBuffer out = ByteBuffer.allocate(7 + host.length);
    out.put((byte) VERSION).put((byte) 1).put((byte) 0).put((byte) 3);
    sending = out.put((byte) host.length).put(host).putShort((short) to.port()).flip();
    receiving = ByteBuffer.allocate(5);
    awaited = Awaited.REPLY;
  }

  private void reply(ByteBuffer answer) throws SocketException {
    int code = answer.get(1);
    if (code != 0) {
      String why = code > 0 && code < REFUSALS.length ? REFUSALS[code] : "code " + code;
      check(false, "cannot reach " + to.authority() + ": " + why);
    }
    int left = switch (answer.get(3)) { // one byte of the address is here already
          case 1 -> 3;
          case 3 -> answer.get(4) & 0xFF;
          case 4 -> 15;
          default -> -1;
        };
    check(left >= 0, "answers with an unknown type of address");
    receiving = ByteBuffer.allocate(left + Short.BYTES);
    awaited = Awaited.BOUND_ADDRESS;
  }

  private static byte[] field(String what, String text) throws SocketException {
    byte[] bytes = text.getBytes(UTF_8);
    if (bytes.length == 0 || bytes.length > MAX_FIELD) {
      throw new SocketException(what + " has not 1 to 255 bytes, as SOCKS wants it");
    }
    return bytes;
  }

  private static void check(boolean right, String what) throws SocketException {
    if (!right) {
      throw new SocketException("the SOCKS proxy " + what);
    }
  }
}
