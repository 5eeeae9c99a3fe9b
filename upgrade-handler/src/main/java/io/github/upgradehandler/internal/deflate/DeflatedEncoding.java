package io.github.upgradehandler.internal.deflate;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.internal.frame.FrameWriter;
import io.github.upgradehandler.internal.frame.Opcode;
import io.github.upgradehandler.internal.message.MessageEncoding;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/**
 * A message compressed once for all receivers with the same parameters. Equal where these and the
 * group, whose pool it is, are.
 */
record DeflatedEncoding(int windowBits, int threshold, CodecPool<Deflater> deflaters)
    implements MessageEncoding {

  private static final FrameWriter WRITER = FrameWriter.server();

  @Override
  public byte[] encode(PreparedMessage message) {
    Opcode opcode = message.isText() ? Opcode.TEXT : Opcode.BINARY;
    ByteBuffer payload = message.payload();
    if (DeflateExtension.isWorthwhile(payload.remaining(), threshold)) {
      MessageDeflater deflater = new MessageDeflater(deflaters, windowBits, false);
      try {
        ByteBuffer compressed = deflater.encode(payload, true);
        if (compressed.remaining() < payload.remaining()) {
          return WRITER.frame(opcode, true, DeflateExtension.COMPRESSED, compressed);
        }
      } finally {
        deflater.release();
      }
    }
    return WRITER.frame(opcode, true, 0, payload);
  }
}
