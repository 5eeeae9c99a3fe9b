package io.github.upgradehandler.guard;

import io.github.upgradehandler.WebSocket;
import java.nio.ByteBuffer;

/**
 * What a guard does with what one connection reports, before its handler: each method says whether
 * the handler is to be told. Called one after another, as a handler is.
 */
interface Inspection {

  boolean open(WebSocket socket);

  /**
   * A text, or a part of it.
   *
   * @param last whether the message ends with it
   */
  boolean text(WebSocket socket, String part, boolean last);

  /**
   * A binary message, or a part of it.
   *
   * @param last whether the message ends with it
   */
  boolean binary(WebSocket socket, ByteBuffer part, boolean last);

  boolean ping(WebSocket socket, ByteBuffer payload);

  /** A pong, a drain, an error or the end. */
  boolean event();
}
