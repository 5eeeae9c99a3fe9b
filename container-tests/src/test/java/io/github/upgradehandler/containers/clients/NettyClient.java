package io.github.upgradehandler.containers.clients;

import static io.netty.channel.ChannelFutureListener.FIRE_EXCEPTION_ON_FAILURE;

import io.github.upgradehandler.containers.clients.ForeignClient.Met;
import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpClientCodec;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponse;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketClientHandshakerFactory;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketClientProtocolHandler.ClientHandshakeStateEvent;
import io.netty.handler.codec.http.websocketx.WebSocketVersion;
import io.netty.handler.codec.http.websocketx.extensions.compression.WebSocketClientCompressionHandler;
import java.net.URI;
import java.util.List;
import java.util.concurrent.Future;

/** Netty itself. */
final class NettyClient implements ForeignClient.Library {

  private static final int MAX_BYTES = 1 << 20;

  @Override
  public Met exchange(URI uri, List<String> messages) throws Exception {
    Exchange exchange = new Exchange(messages);
    MultiThreadIoEventLoopGroup threads =
        new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());
    try {
      new Bootstrap()
          .group(threads)
          .channel(NioSocketChannel.class)
          .handler(
              new ChannelInitializer<Channel>() {
                @Override
                protected void initChannel(Channel channel) {
                  Conversation conversation = new Conversation(exchange);
                  channel
                      .pipeline()
                      .addLast(
                          new HttpClientCodec(),
                          conversation.head(),
                          new HttpObjectAggregator(MAX_BYTES),
                          new WebSocketClientCompressionHandler(MAX_BYTES),
                          new WebSocketClientProtocolHandler(
                              WebSocketClientHandshakerFactory.newHandshaker(
                                  uri, WebSocketVersion.V13, null, true, new DefaultHttpHeaders())),
                          conversation);
                }
              })
          .connect(uri.getHost(), uri.getPort())
          .sync();
      return exchange.await();
    } finally {
      Future<?> unused = threads.shutdownGracefully(); // which takes two seconds
    }
  }

  private static final class Conversation extends SimpleChannelInboundHandler<TextWebSocketFrame> {

    private final Exchange exchange;
    private String extensions = "";

    Conversation(Exchange exchange) {
      this.exchange = exchange;
    }

    /** The response as it came: others take the header out of it. */
    ChannelInboundHandlerAdapter head() {
      return new ChannelInboundHandlerAdapter() {
        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
          if (message instanceof HttpResponse response) {
            extensions = response.headers().get(ForeignClient.EXTENSIONS, "");
          }
          context.fireChannelRead(message);
        }
      };
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
      if (event == ClientHandshakeStateEvent.HANDSHAKE_COMPLETE) {
        exchange.opened(extensions, text -> send(context, text));
      }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
      exchange.received(frame.text(), text -> send(context, text));
    }

    private void send(ChannelHandlerContext context, String text) {
      Future<?> unused =
          context
              .writeAndFlush(new TextWebSocketFrame(text))
              .addListener(FIRE_EXCEPTION_ON_FAILURE);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
      exchange.failed(cause);
    }
  }
}
