package io.github.upgradehandler.benchmarks.client;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import java.net.URI;

/** Netty; what is sent while it reads goes out at the end of the read. */
final class NettyClient implements Client {

  private static final int LARGEST_MESSAGE = 2 << 20;

  private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(NioIoHandler.newFactory());

  @Override
  public void connect(URI server, Listener listener) {
    ChannelFuture connecting =
        new Bootstrap()
            .group(group)
            .channel(NioSocketChannel.class)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel
                        .pipeline()
                        .addLast(
                            new HttpClientCodec(),
                            new HttpObjectAggregator(8 << 10),
                            new WebSocketClientProtocolHandler(config(server)),
                            new WebSocketFrameAggregator(LARGEST_MESSAGE),
                            new Messages(listener));
                  }
                })
            .connect(server.getHost(), server.getPort());
    connecting.addListener(
        outcome -> {
          if (!outcome.isSuccess()) {
            Failures.end(outcome.cause());
          }
        });
  }

  private static WebSocketClientProtocolConfig config(URI server) {
    return WebSocketClientProtocolConfig.newBuilder()
        .webSocketUri(server)
        .maxFramePayloadLength(LARGEST_MESSAGE)
        .build();
  }

  private static final class Messages extends SimpleChannelInboundHandler<WebSocketFrame> {

    private final Listener listener;

    private Messages(Listener listener) {
      this.listener = listener;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
        listener.opened(new Open(context));
        context.flush();
      }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
      listener.received(new Open(context));
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
      context.flush();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
      listener.closed();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable failure) {
      Failures.end(failure);
    }
  }

  @SuppressWarnings("FutureReturnValueIgnored") // a write that fails ends the channel
  private record Open(ChannelHandlerContext context) implements Connection {

    @Override
    public void send(String text) {
      context.write(new TextWebSocketFrame(text), context.voidPromise());
    }

    @Override
    public void send(byte[] bytes) {
      context.write(new BinaryWebSocketFrame(Unpooled.wrappedBuffer(bytes)), context.voidPromise());
    }

    @Override
    public void close() {
      context.writeAndFlush(new CloseWebSocketFrame(1000, ""), context.voidPromise());
    }
  }
}
