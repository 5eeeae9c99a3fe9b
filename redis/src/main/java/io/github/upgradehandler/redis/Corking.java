package io.github.upgradehandler.redis;

import io.github.upgradehandler.internal.work.Cork;
import io.lettuce.core.resource.NettyCustomizer;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;

/** All messages that come with one read are sent to each client with one write. */
final class Corking implements NettyCustomizer {

  @Override
  public void afterChannelInitialized(Channel channel) {
    channel
        .pipeline()
        .addFirst(
            new ChannelInboundHandlerAdapter() {
              @Override
              public void channelRead(ChannelHandlerContext context, Object read) {
                Cork.Hold held = Cork.hold();
                try {
                  context.fireChannelRead(read);
                } finally {
                  held.end();
                }
              }
            });
  }
}
