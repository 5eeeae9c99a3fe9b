package io.github.upgradehandler.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.internal.work.Caller;
import io.github.upgradehandler.internal.work.WritingLoop;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What comes with one read is sent with one write. */
class CorkingTest {

  private final Client client = new Client();

  @Test
  void a_client_gets_all_that_comes_with_one_read_with_one_write() {
    EmbeddedChannel channel = new EmbeddedChannel();
    channel
        .pipeline()
        .addLast(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelRead(ChannelHandlerContext context, Object read) {
                for (String message : read.toString().split(",", -1)) {
                  client.waiting.add(message);
                  client.flushSoon();
                }
              }
            });
    new Corking().afterChannelInitialized(channel);
    assertThat(channel.writeInbound("a,b")).isFalse();
    assertThat(channel.writeInbound("c")).isFalse();
    assertThat(client.written).containsExactly(List.of("a", "b"), List.of("c"));
    assertThat(channel.finish()).isFalse();
  }

  /** Writes all that waits at once. */
  private static final class Client extends WritingLoop {

    private final List<String> waiting = new ArrayList<>();
    private final List<List<String>> written = new ArrayList<>();
    private List<String> chosen = List.of();

    Client() {
      super(false);
      onWritable();
    }

    @Override
    protected boolean isWaiting() {
      return !waiting.isEmpty();
    }

    @Override
    protected boolean isFinished() {
      return false;
    }

    @Override
    protected boolean chooseNext() {
      chosen = List.copyOf(waiting);
      waiting.clear();
      return !chosen.isEmpty();
    }

    @Override
    protected boolean isWritable() {
      return true;
    }

    @Override
    protected void writeChosen() {
      written.add(chosen);
    }

    @Override
    protected void flushOutput() {}

    @Override
    protected boolean isEnoughForOneWrite() {
      return false;
    }

    @Override
    protected void failed(Throwable cause, Caller caller) {
      throw new AssertionError(cause);
    }

    @Override
    protected void closeOutput() {}

    @Override
    protected void stopped(Caller caller, boolean finished) {}
  }
}
