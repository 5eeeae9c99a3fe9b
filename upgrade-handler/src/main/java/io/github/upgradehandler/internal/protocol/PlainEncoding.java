package io.github.upgradehandler.internal.protocol;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.internal.frame.FrameWriter;
import io.github.upgradehandler.internal.frame.Opcode;
import io.github.upgradehandler.internal.message.MessageEncoding;

/** One frame without extensions. */
record PlainEncoding() implements MessageEncoding {

  private static final FrameWriter WRITER = FrameWriter.server();

  @Override
  public byte[] encode(PreparedMessage message) {
    return WRITER.frame(message.isText() ? Opcode.TEXT : Opcode.BINARY, true, 0, message.payload());
  }
}
