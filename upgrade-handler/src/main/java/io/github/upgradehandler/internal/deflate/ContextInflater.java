package io.github.upgradehandler.internal.deflate;

import io.github.upgradehandler.internal.frame.ProtocolException;
import io.github.upgradehandler.internal.protocol.MessageDecoder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Inflates messages that build on those before (RFC 7692 section 7.1.1.2). Each message has an
 * inflater of the pool; between messages there is only their {@link History}.
 */
final class ContextInflater implements MessageDecoder {

  private final CodecPool<InflateCodec> pool;
  private final History history;
  private @Nullable MessageInflater message;
  private boolean ended;

  ContextInflater(CodecPool<InflateCodec> pool, int windowBits) {
    this.pool = pool;
    history = new History(windowBits);
  }

  @Override
  public boolean decode(byte[] bytes, int offset, int length, boolean last, Output output)
      throws ProtocolException {
    MessageInflater current = message;
    if (current == null) {
      InflateCodec codec = pool.lease();
      history.restore(codec.inflater());
      current = new MessageInflater(pool, codec);
      message = current;
      ended = false;
    }
    return decoded(current.decode(bytes, offset, length, last, remembering(output)));
  }

  @Override
  public boolean resume(Output output) throws ProtocolException {
    MessageInflater current = Objects.requireNonNull(message, "only what has begun is resumed");
    return decoded(current.resume(remembering(output)));
  }

  @Override
  public boolean keepsContext() {
    return true;
  }

  @Override
  public void release() {
    if (message != null) {
      message.release();
      message = null;
    }
  }

  private Output remembering(Output output) {
    return (bytes, offset, length, last) -> {
      history.append(bytes, offset, length);
      ended |= last;
      return output.accept(bytes, offset, length, last);
    };
  }

  private boolean decoded(boolean whole) {
    if (ended) {
      release();
    }
    return whole;
  }
}
