package io.github.upgradehandler.benchmarks.server;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.extensions.WebSocketServerExtensionHandler;
import io.netty.handler.codec.http.websocketx.extensions.compression.PerMessageDeflateServerExtensionHandshaker;
import io.netty.util.concurrent.GlobalEventExecutor;
import java.net.InetSocketAddress;

/** Netty, which is no servlet container: what can be had without one. */
final class NettyMain {

  /** As the others have by default. */
  private static final int MAX_MESSAGE_BYTES = 64 << 10;

  private NettyMain() {}

  public static void main(String[] arguments) throws Exception {
    Settings settings = Settings.of(arguments);
    if (settings.implementation() != Implementation.NATIVE) {
      throw settings.unknown();
    }
    ChannelGroup channels = new DefaultChannelGroup(GlobalEventExecutor.INSTANCE);
    Channel listening =
        new ServerBootstrap()
            .group(new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory()))
            .channel(NioServerSocketChannel.class)
            .childHandler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    prepare(channel.pipeline(), settings, channels);
                  }
                })
            .bind("127.0.0.1", 0)
            .sync()
            .channel();
    Supervision.serve(
        ((InetSocketAddress) listening.localAddress()).getPort(), () -> listening.close().sync());
  }

  private static void prepare(ChannelPipeline pipeline, Settings settings, ChannelGroup channels) {
    int maxMessageBytes =
        settings.maxMessageBytes() > 0 ? settings.maxMessageBytes() : MAX_MESSAGE_BYTES;
    pipeline.addLast(new HttpServerCodec(), new HttpObjectAggregator(8 << 10));
    if (settings.compression()) {
      pipeline.addLast(
          new WebSocketServerExtensionHandler(
              new PerMessageDeflateServerExtensionHandshaker(
                  6, true, 15, true, true, maxMessageBytes)));
    }
    pipeline.addLast(
        new WebSocketServerProtocolHandler(
            WebSocketServerProtocolConfig.newBuilder()
                .websocketPath("/")
                .checkStartsWith(true)
                .allowExtensions(settings.compression())
                .maxFramePayloadLength(maxMessageBytes)
                .build()),
        new WebSocketFrameAggregator(maxMessageBytes),
        new Choice(channels));
  }

  /** Echo or broadcast, as the path says. */
  private static final class Choice extends ChannelInboundHandlerAdapter {
    private final ChannelGroup channels;

    Choice(ChannelGroup channels) {
      this.channels = channels;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event instanceof WebSocketServerProtocolHandler.HandshakeComplete handshake) {
        if (handshake.requestUri().equals("/broadcast")) {
          channels.add(context.channel());
          context.pipeline().replace(this, "broadcast", new Broadcast(channels));
        } else {
          context.pipeline().replace(this, "echo", new Echo());
        }
      }
    }
  }

  /** Answers to all messages of a read are flushed at once. */
  @SuppressWarnings("FutureReturnValueIgnored") // a write that fails ends the channel
  private static final class Echo extends ChannelInboundHandlerAdapter {
    @Override
    public void channelRead(ChannelHandlerContext context, Object frame) {
      context.write(frame, context.voidPromise());
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored")
  private static final class Broadcast extends SimpleChannelInboundHandler<WebSocketFrame> {
    private final ChannelGroup channels;

    Broadcast(ChannelGroup channels) {
      this.channels = channels;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
      channels.write(frame.retain(), channel -> true, true);
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      channels.flush();
    }
  }
}
